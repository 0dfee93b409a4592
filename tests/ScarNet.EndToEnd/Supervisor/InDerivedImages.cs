using System.Text.Json;
using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>What Lambda runs of a function with an image: the user's image with the supervisor as its entry, started with Lambda's variables only.</summary>
public sealed class InDerivedImages(SupervisorFixture engine, DockerFixture docker) : IClassFixture<SupervisorFixture>
{
    [Fact]
    public async Task TheScriptRunsInTheUsersUserland()
    {
        var image = $"scarnet-test/derived:{Guid.NewGuid():n}";
        using var client = Docker.FromEnvironment();
        await client.DeriveImage(await docker.Busybox(), SupervisorBinary.FullName, "/opt/scarnet/supervisor", image, TestContext.Current.CancellationToken);
        using var runtime = new TestRuntime();
        var spec = engine.Function("#!/bin/sh\nwc -c < \"$INPUT_FILE_PATH\" > \"$TMP_OUTPUT_DIR/size\"; ls /bin/busybox > \"$TMP_OUTPUT_DIR/userland\"\n");
        var record = await engine.Put("in.txt", "12345");
        // Of Lambda's file system only /tmp is writable.
        string[] start = ["run", "--detach", "--network", "host", "--read-only", "--tmpfs", "/tmp:exec,mode=1777"];
        var container = (await DockerFixture.Run([.. start, .. Variables(spec, runtime).SelectMany(v => new[] { "--env", $"{v.Key}={v.Value}" }), image])).Trim();

        try
        {
            var answer = await runtime.Send(SupervisorFixture.Event(record), Guid.NewGuid().ToString(), TimeSpan.FromMinutes(1))
                .WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);

            Assert.False(answer.Failed, answer.Body.ToJsonString());
            var outputs = await engine.Outputs(spec);
            Assert.Equal(("5\n", "/bin/busybox\n"), (outputs["size"], outputs["userland"]));
        }
        finally
        {
            await DockerFixture.Run(["rm", "--force", container]);
            await DockerFixture.Run(["rmi", "--force", image]);
        }
    }

    private Dictionary<string, string> Variables(JobSpec spec, TestRuntime runtime) => new(engine.ClientEnvironment)
    {
        ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address,
        ["AWS_LAMBDA_FUNCTION_NAME"] = spec.Function,
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + spec.Function,
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = "stream",
        ["LAMBDA_TASK_ROOT"] = "/var/task",
        ["SCARNET_SPEC"] = JsonSerializer.Serialize(spec, Json.Default.JobSpec),
    };
}
