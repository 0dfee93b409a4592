using ScarNet.Core.Tasks;

namespace ScarNet.Tests.Tasks;

public sealed class SharingPlaces
{
    [Fact]
    public void FilesBringTheirDirectoriesAndDirectoriesOfTheImageDoNot()
    {
        var (task, problems) = TesReader.Read("""
            {"executors": [{"image": "i", "command": ["c"], "stdout": "/logs/out"}],
             "inputs": [{"path": "/data/a/x", "content": "x"}, {"path": "/data/b", "url": "s3://b/k"}, {"path": "/etc/conf", "content": "x"}],
             "outputs": [{"path": "/result.txt", "url": "s3://b/r"}, {"path": "/w/*/x", "path_prefix": "/w", "url": "s3://b/w"}],
             "volumes": ["/data/a/v", "/vol"]}
            """);

        Assert.Empty(problems);
        Assert.Equal(
            ["/data", "/etc/conf file", "/logs", "/result.txt file", "/tmp", "/vol", "/w"],
            TesMounts.Of(task!).Select(mount => mount.Path + (mount.IsFile ? " file" : "")));
    }

    [Theory]
    [InlineData("/w/10", "/w/1", false)]
    [InlineData("/w/1/x", "/w/1", true)]
    [InlineData("/w/1", "/w/1", true)]
    [InlineData("/w", "/", true)]
    public void NamesAreComparedWhole(string path, string directory, bool isIn) => Assert.Equal(isIn, ContainerPath.IsIn(path, directory));

    [Theory]
    [InlineData("/a//b/", "/a/b")]
    [InlineData("/", "/")]
    [InlineData("a", null)]
    [InlineData("/a/./b", null)]
    [InlineData("/a/..", null)]
    [InlineData("/a\0", null)]
    public void PathsAreNormalized(string path, string? normal) => Assert.Equal(normal, ContainerPath.Normalize(path));

    [Theory]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("**", "a", true)]
    [InlineData("*", ".hidden", false)]
    [InlineData(".*", ".hidden", true)]
    [InlineData("[!a]", "a", false)]
    [InlineData("?", "b", true)]
    public void WildcardsAreThoseOfAShell(string pattern, string name, bool takes) => Assert.Equal(takes, PathPattern.Takes(pattern, name));

    [Theory]
    [InlineData("/a/b/*", "/a/b")]
    [InlineData("/a/*/c", "/a")]
    [InlineData("/*", "/")]
    [InlineData("/a/b", "/a")]
    public void TheSearchStartsWhereTheWildcardsDo(string pattern, string directory) =>
        Assert.Equal(directory, PathPattern.FixedDirectory(pattern));

    [Theory]
    [InlineData("s3://b/a%20b?c#d", "S3 { Object = s3://b/a%20b?c#d }")]
    [InlineData("s3://b", "S3 { Object = s3://b/ }")]
    [InlineData("file:///a%20b", "Local { Path = /a b }")]
    [InlineData("/a b", "Local { Path = /a b }")]
    [InlineData("https://h/x", "Web { Address = https://h/x }")]
    [InlineData("gs://b/k", null)]
    [InlineData("s3://", null)]
    [InlineData("relative", null)]
    public void AddressesAreTold(string url, string? meaning) => Assert.Equal(meaning, TesUrl.Parse(url)?.ToString());
}
