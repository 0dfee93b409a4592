using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Foundation;

/// <summary>The template in the eyes of AWS CDK: every resource through the class that AWS generates from its own schema.</summary>
public sealed class ReadByCdk
{
    private static string Directory => Path.Join(Repository.Root, "tests", "cloudformation");

    private static string Template => Path.Join(Repository.Root, "serverless.template");

    [Fact]
    public async Task IsWhatItIs()
    {
        var result = await Synthesize(Template);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(Template, TestContext.Current.CancellationToken)), JsonNode.Parse(result.Output)));
    }

    [Theory]
    [InlineData("\"ReplaceComputeEnvironment\": false", "\"ReplaceComputeEnvironment\": \"never\"", "'never'")]
    [InlineData("\"MaxvCpus\": { \"Ref\": \"MaxVcpus\" }", "\"MaxvCpus\": \"many\"", "maxvCpus")]
    [InlineData("{ \"Ref\": \"SpotMachines\" }", "{ \"Ref\": \"SpotMachine\" }", "SpotMachine")]
    [InlineData("AWS::Batch::JobQueue", "AWS::Batch::Queue", "AWS::Batch::Queue")]
    public async Task IsRefusedWhenItIsWrong(string right, string wrong, string named)
    {
        using var files = new TemporaryDirectory();
        var text = await File.ReadAllTextAsync(Template, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files.Under("wrong.template"), text.Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await Synthesize(files.Under("wrong.template"));

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    private static Task<CommandResult> Synthesize(string template)
    {
        Assert.True(
            System.IO.Directory.Exists(Path.Join(Directory, "node_modules")),
            "'npm ci --prefix tests/cloudformation', which ./test runs, has not been run");
        return Command.Run("node", [Path.Join(Directory, "check.js"), template]);
    }
}
