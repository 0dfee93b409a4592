using System.Text.Json;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Lambda;

/// <summary>Functions whose runtime lives in an image: here a busybox with a shell script that talks to the Runtime API.</summary>
public sealed class ImageFunctions(BashFunctions functions, DockerFixture docker) : IClassFixture<BashFunctions>
{
    private const string Loop = """
        A=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
        while true; do
          wget -q -S -O /tmp/event $A/invocation/next 2>/tmp/headers || exit 1
          ID=$(tr -d '\r' < /tmp/headers | grep -i lambda-runtime-aws-request-id | sed 's/.*: *//')
          N=$((N + 1))
          echo "event $N of $(cat /tmp/event)" >&2
          grep -q die /tmp/event && exit 3
          grep -q hang /tmp/event && sleep 60
          wget -q -O /dev/null --post-data "\"$N $(ls / | tr '\n' ' ')\"" $A/invocation/$ID/response
        done
        """;

    [Fact]
    public async Task RunWarmInTheirImageAndLogWhatTheyWrite()
    {
        await Create("in-image");

        var first = await functions.Invoke("in-image", "1");
        var second = await functions.Invoke("in-image", "2");
        var log = await functions.Log("in-image", "\"event 2 of 2\"");

        Assert.StartsWith("\"1 bin dev etc", first.Answer, StringComparison.Ordinal);
        Assert.StartsWith("\"2 bin dev etc", second.Answer, StringComparison.Ordinal);
        Assert.Single(log);
    }

    [Fact]
    public async Task TellHowTheyEnded()
    {
        await Create("dying-image");

        var died = await functions.Invoke("dying-image", "\"die\"");
        var hung = await functions.Invoke("dying-image", "\"hang\"");

        Assert.Contains("Runtime exited with error: exit status 3", died.Answer, StringComparison.Ordinal);
        Assert.Contains("Task timed out after 2.00 seconds", hung.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NameTheImageThatCannotBeHad()
    {
        await docker.Ready();
        await functions.Aws("lambda", "create-function", "--function-name", "no-image", "--package-type", "Image", "--code", "ImageUri=127.0.0.1:1/no/such:image", "--role", "arn:aws:iam::000000000000:role/r");

        var (_, answer) = await functions.Invoke("no-image");

        Assert.Contains("function 'no-image' needs image '127.0.0.1:1/no/such:image': CannotPullContainerError", answer, StringComparison.Ordinal);
    }

    /// <summary>Somebody takes the container away under it, as a restart of Docker does: that is the end of a run, not of the engine.</summary>
    [Fact]
    public async Task AreRunAgainWhenTheirContainerIsTakenAway()
    {
        await Create("taken-away", timeout: 60);
        await functions.Aws("lambda", "invoke", "--function-name", "taken-away", "--invocation-type", "Event", "--cli-binary-format", "raw-in-base64-out", "--payload", "\"hang\"", "accepted.json");
        var first = await Container();

        await DockerFixture.Run(["rm", "--force", first]);
        var second = await Container(but: first);
        await DockerFixture.Run(["rm", "--force", second]);

        Assert.NotEmpty(await functions.Log("taken-away", "\"Error: Runtime exited with error\""));
        await functions.Aws("lambda", "delete-function", "--function-name", "taken-away");

        async Task<string> Container(string but = "none")
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(60));
            while (true)
            {
                var ids = await DockerFixture.Run(["ps", "--quiet", "--no-trunc", "--filter", "label=scarnet.function=taken-away"]);
                if (ids.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(id => id != but) is { } id && (await functions.Log("taken-away", "\"event 1 of\"")).Length > (but == "none" ? 0 : 1))
                {
                    return id;
                }

                await Task.Delay(50, deadline.Token);
            }
        }
    }

    private async Task Create(string name, int timeout = 2)
    {
        var image = await docker.Busybox();
        var config = JsonSerializer.Serialize(new { EntryPoint = (string[])["/bin/sh", "-c", Loop] });
        await functions.Aws("lambda", "create-function", "--function-name", name, "--package-type", "Image", "--code", $"ImageUri={image}",
            "--image-config", config, "--timeout", $"{timeout}", "--role", "arn:aws:iam::000000000000:role/r");
    }
}
