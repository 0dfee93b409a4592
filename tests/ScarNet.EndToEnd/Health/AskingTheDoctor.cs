using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Health;

/// <summary><c>scarnet doctor</c> as a process: with little around it, and against an engine.</summary>
public sealed class AskingTheDoctor
{
    [Fact]
    public async Task FindsMissingDockerAndCredentialsWithoutFailingItself()
    {
        using var home = new TemporaryDirectory();
        var bare = new Dictionary<string, string>
        {
            ["HOME"] = home.FullName,
            ["DOCKER_HOST"] = "unix:///none",
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["AWS_ACCESS_KEY_ID"] = "",
            ["AWS_SECRET_ACCESS_KEY"] = "",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };

        var said = await Command.Run(Repository.Launcher, ["doctor", "--output", "json", "--data", home.Under("data")], bare);

        Assert.True(said.ExitCode == 1, said.Error);
        var findings = JsonNode.Parse(said.Output)!["findings"]!.AsArray().ToLookup(f => (string)f!["check"]!, f => (string)f!["level"]!);
        Assert.Equal("problem", Assert.Single(findings["credentials"]));
        Assert.Equal("warning", Assert.Single(findings["docker"]));
        Assert.Equal("ok", Assert.Single(findings["engine"]));
    }

    [Fact]
    public async Task LooksAtTheMachineAlone()
    {
        using var home = new TemporaryDirectory();

        var said = await Command.Run(Repository.Launcher, ["doctor", "--local", "--data", home.Under("data")]);

        Assert.True(said.ExitCode == 0, said.Output + said.Error);
        Assert.StartsWith("CHECK", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("credentials", said.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Under("data")));
    }
}
