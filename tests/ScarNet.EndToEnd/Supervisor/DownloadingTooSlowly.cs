using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>A Lambda whose input does not arrive before its script would have to be done.</summary>
public sealed class DownloadingTooSlowly(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Theory]
    [InlineData("object")]
    [InlineData("further input")]
    public async Task LeavesTheWorkToABatchJob(string what)
    {
        var spec = engine.Function("true", ExecutionMode.LambdaBatch);
        var slow = spec.Function + ".slow";
        var record = await engine.Put(what == "object" ? slow : spec.Function + ".in", "x");
        spec = what == "object" ? spec : spec with { Inputs = [new($"s3://{Inbox}/{slow}")] };
        await engine.Put(slow, "x");
        var definition = await engine.Define("takes-over", "true");
        using var proxy = new StallingProxy(request => request.StartsWith("GET ", StringComparison.Ordinal) && request.Contains(slow, StringComparison.Ordinal));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, proxy.Environment, new Dictionary<string, string>
        {
            [SupervisorVariables.JobQueue] = Batch.BatchFixture.Queue,
            [SupervisorVariables.JobDefinition] = definition,
        });

        var answer = await sandbox.Handle(Event(record), time: TimeSpan.FromSeconds(10));
        var (_, log) = await sandbox.Stop();

        Assert.Equal("submitted", answer.Status);
        Assert.Contains("the inputs do not arrive here in time: a Batch job takes over", log, StringComparison.Ordinal);
        var job = await engine.WaitForEnd((string)answer.Result(0)["jobId"]!);
        Assert.Equal("SUCCEEDED", (string?)job["status"]);
        Assert.Empty(sandbox.Workspaces);
    }
}
