using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Cli;

/// <summary>The command line without <c>--local</c>, where AWS_ENDPOINT_URL says who stands in for AWS.</summary>
public sealed class AnEndpointOfTheEnvironment(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task IsWhereEveryServiceIs()
    {
        var file = engine.WriteFile("reached.yaml", """
            functions:
              reached:
                command: cat "$INPUT_FILE_PATH"
                input: reached/in
                output: reached/out
            """);

        await Scarnet(0, engine.ClientEnvironment, "init", "-f", file);

        Assert.Contains("reached", await Scarnet(0, engine.ClientEnvironment, "ls"), StringComparison.Ordinal);
        await Scarnet(0, engine.ClientEnvironment, "rm", "-f", file, "--yes");
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("rm -n nobody --yes")]
    public async Task ThatDoesNotAnswerIsNamed(string command)
    {
        var environment = new Dictionary<string, string>(engine.ClientEnvironment) { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9" };

        var said = await Scarnet(1, environment, command.Split(' '));

        Assert.Contains("nothing answers at '127.0.0.1:9'", said, StringComparison.Ordinal);
    }

    private static async Task<string> Scarnet(int exitCode, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var result = await Command.Run(Repository.Launcher, arguments, environment);
        Assert.True(result.ExitCode == exitCode, $"{string.Join(' ', arguments)}: {result.ExitCode}: {result.Output}{result.Error}");
        return result.Output + result.Error;
    }
}
