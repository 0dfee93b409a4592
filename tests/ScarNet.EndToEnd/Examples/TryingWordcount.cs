using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

public sealed class TryingWordcount : IDisposable
{
    /// <summary>The same counts by other means than the example's.</summary>
    private const string Oracle = "tr 'A-Z' 'a-z' | grep -oE \"[a-z']+\" | sort | uniq -c | sort -k1,1nr -k2,2 | sed -E 's/^ *([0-9]+) /\\1\\t/'";

    private readonly Example example = new("wordcount");

    [Fact]
    public async Task CountsEveryWorkOfEveryCollection()
    {
        await example.Try([.. Directory.EnumerateFiles(example.File("texts"), "*.txt")]);

        var totals = example.Found("/totals/", ".tsv");
        Assert.Equal(8, totals.Count);
        foreach (var (total, work) in totals.Zip(example.Found("/works/", ".txt")))
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(work), Path.GetFileNameWithoutExtension(total));
            Assert.Equal(await Counted(work), await Read(total));
        }
    }

    [Fact]
    public async Task CutsCollectionsIntoTheirWorksAndLosesNothing()
    {
        await example.Try(example.File("texts/lincoln.txt"));

        var works = example.Found("/works/", ".txt");
        Assert.Equal(
            ["lincoln-00-gettysburg-address-1863.txt", "lincoln-01-second-inaugural-address-1865.txt"], works.Select(Path.GetFileName));
        var lines = (await Read(example.File("texts/lincoln.txt"))).Split('\n').Where(line => !line.StartsWith("=== ", StringComparison.Ordinal));
        Assert.Equal(string.Join('\n', lines), string.Concat(await Task.WhenAll(works.Select(Read))));
    }

    [Fact]
    public async Task TakesATextWithoutTitlesAsOneWork()
    {
        const string licence = "/usr/share/common-licenses/GPL-3";

        await example.Try(licence);

        Assert.Equal(await Counted(licence), await Read(Assert.Single(example.Found("/totals/", "GPL-3-00.tsv"))));
    }

    public void Dispose() => example.Dispose();

    private static async Task<string> Counted(string text)
    {
        var environment = new Dictionary<string, string> { ["LC_ALL"] = "C" };
        var counted = await Command.Run("bash", ["-euo", "pipefail", "-c", Oracle], environment, input: await Read(text));
        Assert.Equal(0, counted.ExitCode);
        Assert.NotEmpty(counted.Output);
        return counted.Output;
    }

    private static Task<string> Read(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
}
