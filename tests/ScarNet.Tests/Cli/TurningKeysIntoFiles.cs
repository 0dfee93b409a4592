using FsCheck;
using FsCheck.Fluent;
using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Tests.Cli;

public sealed class TurningKeysIntoFiles
{
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void RefusesWhatLeadsElsewhere(string key)
    {
        Assert.Null(LocalPath.Of(key, out var refusal));
        Assert.NotNull(refusal);
    }

    [Theory]
    [InlineData("a b+c%.txt")]
    [InlineData("$(touch x)")]
    [InlineData("'; rm -rf ;'")]
    [InlineData("#[1].csv")]
    [InlineData("ü/ß/😀.txt")]
    [InlineData("..a/b..")]
    public void KeepsWhatIsOnlyUnusual(string key) => Assert.Equal(key, LocalPath.Of(key, out _));

    [Fact]
    public void NeverLeavesTheDirectoryWhateverTheKey()
    {
        var parts = Gen.Elements("..", ".", "", "a", "b c", "…", "~", "\\", "\0", new string('x', 300));
        var keys = Gen.ArrayOf(parts).Select(list => string.Join('/', list));

        Prop.ForAll(keys.ToArbitrary(), key =>
            LocalPath.Of(key, out _) is not { } path || LocalPath.Below("/some/dir", path).StartsWith("/some/dir/", StringComparison.Ordinal))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WritesNothingThroughALink()
    {
        var directory = Directory.CreateTempSubdirectory("scarnet-test-").FullName;
        Directory.CreateSymbolicLink(Path.Join(directory, "link"), "/tmp");

        var refused = Assert.Throws<ScarException>(() => LocalPath.Below(directory, "link/x"));

        Assert.Contains("is a link", refused.Message, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("out/a.txt", "out/", "a.txt")]
    [InlineData("out/a.txt", "out", "a.txt")]
    [InlineData("out/sub/a.txt", "out", "sub/a.txt")]
    [InlineData("out/a.txt", "out/a.txt", "a.txt")]
    [InlineData("outer/a.txt", "out", null)]
    [InlineData("out/a.txt", "", "out/a.txt")]
    public void TakesAPrefixAsAFolder(string key, string prefix, string? relative) =>
        Assert.Equal(relative, DownloadPlan.RelativeKey(key, prefix));
}
