using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Ecr;

/// <summary>The engine's ECR and its registry, with Debian's aws and docker.</summary>
public sealed class KeepingImages(EngineFixture engine, DockerFixture docker) : IClassFixture<EngineFixture>, IAsyncDisposable
{
    private readonly List<string> made = [];

    private string Host => engine.Engine.Endpoint.Authority;

    [Fact]
    public async Task TakesWhatDockerPushesAndGivesItBack()
    {
        await engine.Aws("ecr", "create-repository", "--repository-name", "team/tool", "--tags", "Key=team,Value=a b");
        var image = await Push("team/tool:1");

        await engine.Restart();
        var again = $"{Host}/team/tool:1"; // another port
        await DockerFixture.Run(["rmi", "--force", image]);
        await LogIn();
        await DockerFixture.Run(["pull", "--quiet", again]);
        made.Add(again);

        Assert.Equal("here\n", await DockerFixture.Run(["run", "--rm", "--network", "none", again, "/bin/echo", "here"]));
        var seen = JsonNode.Parse(await engine.Aws("ecr", "describe-images", "--repository-name", "team/tool", "--image-ids", "imageTag=1"))!["imageDetails"]![0]!;
        Assert.Matches("^sha256:[0-9a-f]{64}$", (string?)seen["imageDigest"]);
        Assert.InRange((long)seen["imageSizeInBytes"]!, 100_000, 10_000_000);
        Assert.Equal("1", (await engine.Aws("ecr", "list-images", "--repository-name", "team/tool", "--query", "imageIds[].imageTag", "--output", "text")).Trim());
        var arn = (await engine.Aws("ecr", "describe-repositories", "--repository-names", "team/tool", "--query", "repositories[0].repositoryArn", "--output", "text")).Trim();
        Assert.Equal("arn:aws:ecr:us-east-1:000000000000:repository/team/tool", arn);
        Assert.Equal("a b", (await engine.Aws("ecr", "list-tags-for-resource", "--resource-arn", arn, "--query", "tags[0].Value", "--output", "text")).Trim());
    }

    [Fact]
    public async Task LetsImagesGo()
    {
        await engine.Aws("ecr", "create-repository", "--repository-name", "going");
        await Push("going:1");
        await Push("going:2");

        await engine.Aws("ecr", "batch-delete-image", "--repository-name", "going", "--image-ids", "imageTag=1", "imageTag=none");
        var left = await engine.Aws("ecr", "list-images", "--repository-name", "going", "--query", "imageIds[].imageTag", "--output", "text");
        var refused = await engine.TryAws("ecr", "delete-repository", "--repository-name", "going");
        await engine.Aws("ecr", "delete-repository", "--repository-name", "going", "--force");
        var gone = await engine.TryAws("ecr", "describe-repositories", "--repository-names", "going");

        Assert.Equal("2", left.Trim());
        Assert.Contains("(RepositoryNotEmptyException)", refused.Error, StringComparison.Ordinal);
        Assert.Contains("(RepositoryNotFoundException)", gone.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RepositoryNotFoundException", "describe-images", "--repository-name", "none")]
    [InlineData("RepositoryAlreadyExistsException", "create-repository", "--repository-name", "taken")]
    [InlineData("InvalidParameterException", "create-repository", "--repository-name", "Upper")]
    [InlineData("ImageNotFoundException", "describe-images", "--repository-name", "taken", "--image-ids", "imageTag=none")]
    [InlineData("RepositoryNotFoundException", "list-tags-for-resource", "--resource-arn", "arn:aws:ecr:us-east-1:000000000000:repository/none")]
    public async Task RefusesWithAwsOwnCodes(string code, params string[] command)
    {
        await engine.TryAws("ecr", "create-repository", "--repository-name", "taken");

        var refused = await engine.TryAws(["ecr", .. command]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"({code})", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakesNothingWithoutTheLoginNorOfWhatIsNotThere()
    {
        using var http = new HttpClient { BaseAddress = engine.Engine.Endpoint };
        var stranger = await http.GetAsync(new Uri("/v2/", UriKind.Relative), TestContext.Current.CancellationToken);
        await LogIn();
        var busybox = await docker.Busybox();
        made.Add($"{Host}/nowhere:1");
        await DockerFixture.Run(["tag", busybox, $"{Host}/nowhere:1"]);

        var pushed = await Command.Run("docker", ["push", $"{Host}/nowhere:1"]);

        Assert.Equal(401, (int)stranger.StatusCode);
        Assert.NotEqual(0, pushed.ExitCode);
        Assert.Contains("there is no repository 'nowhere'", pushed.Error + pushed.Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var image in made)
        {
            await DockerFixture.Run(["rmi", "--force", image]);
        }

        await Command.Run("docker", ["logout", Host]);
    }

    private async Task<string> Push(string name)
    {
        await LogIn();
        var image = $"{Host}/{name}";
        await DockerFixture.Run(["tag", await docker.Busybox(), image]);
        made.Add(image);
        await DockerFixture.Run(["push", "--quiet", image]);
        return image;
    }

    private async Task LogIn() => await DockerFixture.Run(
        ["login", "--username", "AWS", "--password-stdin", Host],
        System.Text.Encoding.UTF8.GetBytes(await engine.Aws("ecr", "get-login-password")));
}
