using System.Text.Json.Nodes;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Launch;

/// <summary>Jobs of the launch mode <c>multi</c>: three containers of one task, deployed and run on the engine.</summary>
public sealed class RunningInPhases(LaunchFixture fixture, DockerFixture docker) : IClassFixture<LaunchFixture>
{
    [Fact]
    public async Task CarriesAnObjectThroughThreeContainers()
    {
        var function = Function(await docker.Busybox(), "tr a-z A-Z < $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/out.txt; echo said; pwd > w; test \"$(cat w)\" = \"$SCARNET_WORKSPACE\"");

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, 0, null), (run.Status, run.ExitCode, run.Error));
        Assert.Equal("HELLO\n", (await fixture.Outputs(function))["out.txt"]);
        var job = await Describe(run.RequestId);
        Assert.Null(job.Container);
        Assert.Equal(["stage-in 0", "script 0", "stage-out 0"], Ends(job));
        Assert.Contains("said", await Said(job, 1));
        Assert.Empty(await LaunchFixture.Containers($"scarnet.job={run.RequestId}"));
        Assert.DoesNotContain(TaskId(job), await DockerFixture.Run(["volume", "ls", "--quiet"]));
    }

    [Fact]
    public async Task EndsWithTheScriptsOwnExitCode()
    {
        var function = Function(await docker.Busybox(), "echo half > $TMP_OUTPUT_DIR/half.txt; echo wrong >&2; exit 42");

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, 42), (run.Status, run.ExitCode));
        Assert.Equal("wrong\n", run.ErrorTail);
        Assert.Equal("half\n", Assert.Single(await fixture.Outputs(function, "failed/")).Value);
        Assert.Equal(["stage-in 0", "script 42", "stage-out 42"], Ends(await Describe(run.RequestId)));
    }

    [Fact]
    [Trait(Daemons.Trait, Daemons.DockerOnly)]
    public async Task SurvivesTheEndOfTheScriptsWholeContainer()
    {
        // The first process is the supervisor's, from outside of the script: nobody is left to tell.
        var function = Function(await docker.Busybox(), "echo half > $TMP_OUTPUT_DIR/half.txt; echo up; sleep 1000");
        await fixture.Init(function);
        await fixture.Engine.Put($"{function.Name}/in.txt", "x");
        var container = await Running(function);

        await DockerFixture.Run(["kill", "--signal", "KILL", container]);
        await fixture.Engine.Engine.UntilIdle();

        var run = Assert.Single(await fixture.Runs(function), run => run.Status != RunStatus.Submitted);
        Assert.Equal((RunStatus.Failed, ExitCodes.Killed), (run.Status, run.ExitCode));
        Assert.Contains("killed (exit code 137)", run.Error);
        Assert.Equal("half\n", Assert.Single(await fixture.Outputs(function, "failed/")).Value);
        Assert.Equal(["stage-in 0", "script 137", "stage-out 137"], Ends(await Describe(run.RequestId)));
    }

    [Fact]
    public async Task SurvivesTheScriptsOutOfMemory()
    {
        var function = Function(await docker.Busybox(), "echo half > $TMP_OUTPUT_DIR/half.txt; tail /dev/zero");

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, ExitCodes.Killed), (run.Status, run.ExitCode));
        Assert.Equal("half\n", Assert.Single(await fixture.Outputs(function, "failed/")).Value);
    }

    [Fact]
    public async Task RunsNoScriptWithoutAnInput()
    {
        var function = Function(await docker.Busybox(), "echo ran") with { MaxHops = 1 };
        await fixture.Init(function);
        await fixture.Engine.Put($"{function.Name}/in.txt", "x", metadata: new Dictionary<string, string> { [ObjectMetadata.Hops] = "5" });
        await fixture.Engine.Engine.UntilIdle();

        var run = Assert.Single(await fixture.Runs(function), run => run.Status != RunStatus.Submitted);
        var job = await Describe(run.RequestId);
        Assert.Equal(["stage-in 0", "script 0", "stage-out 193"], Ends(job));
        Assert.DoesNotContain("ran", await Said(job, 1));
        Assert.Equal("FAILED", job.Status);
    }

    [Fact]
    public async Task RunsAsTheImagesUser()
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "user", "USER 1234");
        var function = Function(image, "id -u > $TMP_OUTPUT_DIR/id; cat $INPUT_FILE_PATH >> $TMP_OUTPUT_DIR/id");

        await fixture.Run(function);

        Assert.Equal("1234\nhello\n", (await fixture.Outputs(function))["id"]);
    }

    private static FunctionDefinition Function(string image, string script) => LaunchFixture.Function(image, script, LaunchMode.Multi);

    private async Task<string> Running(FunctionDefinition function)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = await DockerFixture.Run(["ps", "--quiet", "--filter", $"label=scarnet.function={function.Name}", "--filter", $"ancestor={function.Image}"]);
            if (found.Trim() is { Length: > 0 } id && (await DockerFixture.Run(["top", id])).Contains("sleep 1000", StringComparison.Ordinal))
            {
                return id;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    // Debian's aws knows no jobs of several containers, and leaves out what it does not know.
    private async Task<JobDetail> Describe(string jobId) =>
        (await fixture.Engine.Clients.Batch.DescribeJobsAsync(new() { Jobs = [jobId] }, TestContext.Current.CancellationToken)).Jobs![0];

    private static AttemptTaskDetail TaskOf(JobDetail job) => Assert.Single(Assert.Single(job.Attempts!).TaskProperties!);

    private static IEnumerable<string> Ends(JobDetail job) => TaskOf(job).Containers!.Select(container => $"{container.Name} {container.ExitCode}");

    private static string TaskId(JobDetail job) => TaskOf(job).TaskArn!.Split('/')[^1];

    private Task<IReadOnlyList<string>> Said(JobDetail job, int container) => fixture.Engine.Log(new JsonObject
    {
        ["container"] = new JsonObject { ["logStreamName"] = TaskOf(job).Containers![container].LogStreamName },
    });
}
