using System.Text.RegularExpressions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Examples;

public sealed partial class TryingMrbayes(DockerFixture docker) : IDisposable
{
    private readonly Example example = new("mrbayes");

    [Fact]
    public async Task RunsTheScarFileAsItStands()
    {
        await example.BuildImage(docker);

        await example.Try(example.File("primates.nex"));

        var tree = Assert.Single(example.Found("", "primates.con.tre"));
        Assert.Matches(ScarLayout(), tree[example.Results.Length..]);
        var text = await File.ReadAllTextAsync(tree, TestContext.Current.CancellationToken);
        Assert.All(["Homo_sapiens", "Pan", "Gorilla", "Lemur_catta"], name => Assert.Contains(name, text, StringComparison.Ordinal));
        await KeepsSamplesUpTo(10_000, every: 100);
    }

    [Theory]
    [InlineData("mounted")]
    [InlineData("sibling")]
    [InlineData("multi")]
    public async Task RespectsIterations(string launch)
    {
        await example.BuildImage(docker);
        example.Replace("\"10000\"", "\"500\"");
        example.Replace("execution_mode: batch", $"execution_mode: batch\n    launch: {launch}");

        await example.Try(example.File("primates.nex"));

        await KeepsSamplesUpTo(500, every: 5);
    }

    public void Dispose() => example.Dispose();

    private async Task KeepsSamplesUpTo(int last, int every)
    {
        var expected = Enumerable.Range(0, (last / every) + 1).Select(i => $"{i * every}");
        foreach (var run in (string[])["primates.run1.p", "primates.run2.p"])
        {
            var samples = await File.ReadAllLinesAsync(Assert.Single(example.Found("", run)), TestContext.Current.CancellationToken);
            Assert.Equal(expected, samples.Skip(2).Select(line => line.Split('\t')[0]));
        }
    }

    [GeneratedRegex("/scar-mrbayes-batch/output/[0-9a-f-]{36}/primates.con.tre$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScarLayout();
}
