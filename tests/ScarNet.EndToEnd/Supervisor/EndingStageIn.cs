using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>The first container of a job in phases, whose object does not arrive.</summary>
public sealed class EndingStageIn(SupervisorFixture engine, DockerFixture docker) : IClassFixture<SupervisorFixture>
{
    [Fact]
    public async Task WritesTheRecordWhenItIsTerminated()
    {
        var spec = engine.Function("true") with { InPhases = true };
        using var proxy = Stalling(spec);
        await using var container = await Start(spec, proxy.Environment);
        await Requested(proxy);

        await DockerFixture.Run(["kill", "--signal", "TERM", container.Id]);
        await container.Ended();

        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Failed, ExitCodes.Terminated), (run.Status, run.ExitCode));
        Assert.Equal("the run was told to end before its inputs were there", run.Error);
        Assert.Equal(ClaimState.Failed, Assert.Single(await engine.Claims(spec)).State);
    }

    [Fact]
    public async Task WritesTheRecordWhenTheMachineIsTakenBack()
    {
        var spec = engine.Function("true") with { InPhases = true };
        using var proxy = Stalling(spec);
        using var metadata = new SpotMetadata();
        await using var container = await Start(spec, proxy.Environment, metadata.Environment);
        await Requested(proxy);

        metadata.Notice = $$"""{"action": "terminate", "time": "{{DateTimeOffset.UtcNow.AddMinutes(2):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""";
        await container.Ended();

        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Failed, ExitCodes.UploadFailed), (run.Status, run.ExitCode));
        Assert.StartsWith("the machine was taken back (spot, terminate at ", run.Error, StringComparison.Ordinal);
    }

    private static StallingProxy Stalling(JobSpec spec) =>
        new(request => request.StartsWith("GET ", StringComparison.Ordinal) && request.Contains($"/{spec.Function}.in", StringComparison.Ordinal));

    private static async Task Requested(StallingProxy proxy) =>
        await proxy.Stalled.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    private async Task<Container> Start(JobSpec spec, params IReadOnlyList<IReadOnlyDictionary<string, string>> environments)
    {
        var put = await engine.S3.PutObjectAsync(new() { BucketName = Inbox, Key = spec.Function + ".in", ContentBody = "x" });
        var e = new BatchEvent(new() { Object = new(Inbox, spec.Function + ".in"), ETag = put.ETag.Trim('"'), Sequencer = "01" }, null, "r1");
        var job = new Dictionary<string, string>
        {
            ["AWS_BATCH_JOB_ID"] = Guid.NewGuid().ToString(),
            [SupervisorVariables.Spec] = JsonSerializer.Serialize(spec, Json.Default.JobSpec),
            [SupervisorVariables.Event] = JsonSerializer.Serialize(e, Json.Default.BatchEvent),
        };
        string[] settings = [.. environments.Prepend(engine.ClientEnvironment).Append(job).SelectMany(all => all).SelectMany(v => new[] { "--env", $"{v.Key}={v.Value}" })];
        var id = await DockerFixture.Run(
        [
            "run", "--detach", "--network", "host", "--volume", $"{SupervisorBinary.FullName}:{SupervisorVariables.MountPath}:ro",
            .. settings, await docker.Busybox(), SupervisorVariables.MountPath, Phases.StageIn,
        ]);
        return new(id.Trim());
    }

    private sealed record Container(string Id) : IAsyncDisposable
    {
        public Task Ended() => Command.Run("docker", ["wait", Id], deadline: TimeSpan.FromSeconds(40));

        public async ValueTask DisposeAsync() => await DockerFixture.Run(["rm", "--force", Id]);
    }
}
