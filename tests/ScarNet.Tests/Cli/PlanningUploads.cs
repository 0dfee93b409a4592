using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Tests.Cli;

public sealed class PlanningUploads : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("scarnet-test-").FullName;

    [Fact]
    public void PutsAFileUnderThePrefixByItsName()
    {
        var file = Write("deep/a.txt");

        Assert.Equal(["in/a.txt"], Keys([file], "in/"));
    }

    [Fact]
    public void GivesASingleFileTheKeyThatIsNamed()
    {
        var file = Write("a.txt");

        Assert.Equal(["in/b.txt"], Keys([file], "in/b.txt"));
    }

    [Fact]
    public void KeepsTheTreeOfADirectory()
    {
        Write("tree/a.txt");
        Write("tree/sub/b [1].txt");

        Assert.Equal(["in/a.txt", "in/sub/b [1].txt"], Keys([Path.Join(directory, "tree")], "in/"));
    }

    [Fact]
    public void FollowsNoLinkToADirectory()
    {
        Write("elsewhere/secret.txt");
        Write("tree/a.txt");
        Directory.CreateSymbolicLink(Path.Join(directory, "tree", "link"), Path.Join(directory, "elsewhere"));

        Assert.Equal(["in/a.txt"], Keys([Path.Join(directory, "tree")], "in/"));
    }

    [Fact]
    public void RefusesTwoFilesForOneKey()
    {
        var clash = Assert.Throws<ScarException>(() => Keys([Write("x/a.txt"), Write("y/a.txt")], "in/"));

        Assert.Contains("would both become 's3://bucket/in/a.txt'", clash.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesOneKeyForSeveralFiles() =>
        Assert.Throws<ScarException>(() => Keys([Write("a.txt"), Write("b.txt")], "in"));

    [Fact]
    public void RefusesAKeyThatIsTooLong() =>
        Assert.Throws<ScarException>(() => Keys([Write("a.txt")], new string('k', 1021) + "/"));

    [Fact]
    public void RefusesAFileThatIsNotThere() => Assert.Throws<ScarException>(() => Keys([Path.Join(directory, "none")], "in/"));

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static IEnumerable<string> Keys(string[] sources, string key) =>
        UploadPlan.Of(sources, new S3Address("bucket", key)).Select(upload => upload.To.Key);

    private string Write(string name)
    {
        var file = Path.Join(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, name);
        return file;
    }
}
