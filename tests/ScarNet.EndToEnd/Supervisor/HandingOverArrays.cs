using System.Text.Json;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class HandingOverArrays(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Fact]
    public async Task MakesOneJobOfTheObjectsOfAnEvent()
    {
        var (spec, lambda) = await engine.DeployJob(Copying() with { Array = true });
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        string[] records = [await engine.Put("array/a", "A"), await engine.Put("array/b", "B"), await engine.Put("array/c", "C")];

        var answer = await sandbox.Handle(Event([.. records, records[0]]));
        var again = await sandbox.Handle(Event(records));
        var id = ((string)answer.Result(0)["jobId"]!).Split(':')[0];
        var job = await End(id);

        Assert.Equal(("submitted", "duplicate"), (answer.Status, again.Status));
        Assert.Equal([$"{id}:0", $"{id}:1", $"{id}:2", $"{id}:0"], Enumerable.Range(0, 4).Select(n => (string)answer.Result(n)["jobId"]!));
        Assert.Equal(("SUCCEEDED", 3), (job.Status, job.ArrayProperties!.Size));
        Assert.Equal(["A", "B", "C"], (await engine.Outputs(spec)).Values);
        Assert.Single(await Jobs(spec));
        Assert.All(await engine.Claims(spec), claim => Assert.Equal(ClaimState.Done, claim.State));
    }

    [Fact]
    public async Task MakesAPlainJobOfWhatIsLeft()
    {
        var (spec, lambda) = await engine.DeployJob(Copying() with { Array = true });
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        string[] records = [await engine.Put("left/a", "A"), await engine.Put("left/b", "B")];
        var first = await sandbox.Handle(Event(records[0]));

        var answer = await sandbox.Handle(Event(records));
        await End((string)first.Result(0)["jobId"]!);
        var job = await End((string)answer.Result(1)["jobId"]!);

        Assert.Equal("duplicate", (string?)answer.Result(0)["status"]);
        Assert.Equal(("SUCCEEDED", (int?)null), (job.Status, job.ArrayProperties?.Size));
        Assert.Equal(["A", "B"], (await engine.Outputs(spec)).Values);
    }

    [Theory]
    [InlineData(2, "SUCCEEDED")]
    [InlineData(3, "FAILED")]
    public async Task SucceedsWhileNoMoreChildrenFailThanAreTolerated(int failures, string status)
    {
        const int children = 6;
        var (spec, lambda) = await engine.DeployJob(Copying("grep -q good $INPUT_FILE_PATH || exit 9") with { Array = true, ErrorTolerance = "40%", Retries = 0 });
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var records = new List<string>();
        for (var n = 0; n < children; n++)
        {
            records.Add(await engine.Put($"{spec.Function}/{n}", n < failures ? "bad" : "good"));
        }

        var answer = await sandbox.Handle(Event(records));
        var job = await End(((string)answer.Result(0)["jobId"]!).Split(':')[0]);

        Assert.Equal(status, job.Status);
        Assert.Equal(children - failures, (await engine.Outputs(spec)).Count);
        Assert.Equal(failures, (await engine.Outputs(spec, "failed/")).Count);
        Assert.Equal(failures, (await engine.Runs(spec)).Count(run => run is { Status: RunStatus.Failed, ExitCode: 9 }));
        Assert.Equal(failures, (await engine.Claims(spec)).Count(claim => claim.State == ClaimState.Failed));
    }

    private JobSpec Copying(string check = ":") =>
        engine.Function($"cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR/$(basename $INPUT_FILE_PATH); {check}", ExecutionMode.Batch) with { OnFailure = FailurePolicy.Keep };

    private async Task<JobDetail> End(string jobId)
    {
        await engine.Until(jobId, "SUCCEEDED", "FAILED");
        return Assert.Single((await engine.Clients.Batch.DescribeJobsAsync(new() { Jobs = [jobId] })).Jobs!);
    }

    private async Task<IReadOnlyList<string>> Jobs(JobSpec spec)
    {
        var answer = await engine.Clients.Batch.ListJobsAsync(new()
        {
            JobQueue = Batch.BatchFixture.Queue,
            Filters = [new() { Name = "JOB_DEFINITION", Values = ["scarnet-" + spec.Function] }],
        });
        return [.. (answer.JobSummaryList ?? []).Select(job => job.JobId!)];
    }
}
