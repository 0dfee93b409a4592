using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Foundation;

/// <summary>What the job-state function makes of AWS Batch's events.</summary>
public sealed class EndsOfJobs
{
    private const string Job = "4c7599ae-0a82-49aa-ba5a-4727fcce14a8";

    private static readonly DateTimeOffset earlier = DateTimeOffset.FromUnixTimeMilliseconds(1767322700000);

    private static readonly JobSpec spec = new()
    {
        Function = "count",
        Pipeline = "texts",
        Mode = ExecutionMode.Batch,
        Script = new ScriptSpec("true", null, "", []),
        Account = "123456789012",
        ArtifactBucket = "artifacts",
    };

    private static readonly BatchEvent work = new(new ObjectEvent { Object = new("texts", "in/a.txt"), ETag = "e" }, null, "request-1");

    private static readonly Claim submitted = new()
    {
        State = ClaimState.Submitted,
        Owner = "request-1",
        JobId = Job,
        JobName = "count-in-a-txt-0a1b2c3d",
        LeaseUntil = earlier,
        Started = earlier,
    };

    private static JsonNode Event => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "foundation", "job-failed.json")))!;

    [Fact]
    public void AreReadFromTheEvent()
    {
        var end = End();

        Assert.Equal((Job, true, null, 1), (end.JobId, end.Failed, end.ExitCode, end.Attempts));
        Assert.Equal("Task failed to start: CannotPullContainerError: Error response from daemon: manifest unknown", end.Reason);
        Assert.Equal("s3://artifacts/specs/0", end.Variables[SupervisorVariables.SpecUri]);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1767323045000), end.Ended);
    }

    [Fact]
    public void AreReadOfATaskOfSeveralContainers()
    {
        var e = Event;
        var job = e["detail"]!.AsObject();
        var environment = job["container"]!["environment"]!.DeepClone();
        job.Remove("container");
        job["ecsProperties"] = TaskOf(
            new() { ["name"] = "script", ["environment"] = new JsonArray() },
            new() { ["name"] = "stage-out", ["environment"] = environment });
        job["attempts"] = new JsonArray(TaskOf(
            new() { ["name"] = "script", ["exitCode"] = 137 },
            new() { ["name"] = "stage-out", ["exitCode"] = 3, ["logStreamName"] = "l" }));

        var end = End(e);

        Assert.Equal((3, "l"), (end.ExitCode, end.LogStream));
        Assert.Equal("s3://artifacts/specs/0", end.Variables[SupervisorVariables.SpecUri]);
    }

    [Theory]
    [InlineData("source", "aws.ecs")]
    [InlineData("detail-type", "Batch Job Queue Blocked")]
    [InlineData("detail", null)]
    public void AreNothingElse(string member, string? value)
    {
        var e = Event;
        e[member] = value;

        Assert.Null(JobEnd.Of(JsonSerializer.SerializeToElement(e)));
    }

    [Fact]
    public void AreNoneWhileTheJobRuns()
    {
        var e = Event;
        e["detail"]!["status"] = "RUNNING";

        Assert.Null(JobEnd.Of(JsonSerializer.SerializeToElement(e)));
    }

    [Fact]
    public void AreWrittenForAJobThatNeverBegan()
    {
        var left = JobAftermath.Of(End(), spec, work, submitted, null);

        Assert.Equal((RunStatus.Failed, "batch", Job, (int?)ExitCodes.ImageProblem), (left.Record!.Status, left.Record.RanIn, left.Record.RequestId, left.Record.ExitCode));
        Assert.StartsWith("AWS Batch ended the job: Task failed to start: CannotPullContainerError", left.Record.Error, StringComparison.Ordinal);
        Assert.Equal(Invocation.IdOf("count", work.Object!), left.Record.InvocationId);
        Assert.Equal((ClaimState.Failed, Job, earlier), (left.Claim!.State, left.Claim.Owner, left.Claim.Started));
    }

    [Fact]
    public void KeepWhatTheSubmitterWrote()
    {
        var before = Record(RunStatus.Submitted) with { RequestId = "request-1", ParentInvocationId = "parent", Hops = 2 };

        var left = JobAftermath.Of(End(), spec, work, submitted, before);

        Assert.Equal(("parent", 2, RunStatus.Failed), (left.Record!.ParentInvocationId, left.Record.Hops, left.Record.Status));
    }

    [Fact]
    public void AreWrittenForASupervisorThatWasKilled()
    {
        var running = submitted with { State = ClaimState.Running, Owner = Job };
        var e = Event;
        e["detail"]!["statusReason"] = "Essential container in task exited";
        e["detail"]!["attempts"]![0]!["container"]!["reason"] = "OutOfMemoryError: Container killed due to memory usage";
        e["detail"]!["attempts"]![0]!["container"]!["exitCode"] = 137;

        var left = JobAftermath.Of(End(e), spec, work, running, null);

        Assert.Equal(137, left.Record!.ExitCode);
        Assert.Contains("OutOfMemoryError", left.Record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OverwriteTheRecordOfAnEarlierAttempt()
    {
        var running = submitted with { State = ClaimState.Running, Owner = Job, Attempt = 2 };
        var e = Event;
        e["detail"]!["attempts"]!.AsArray().Add(e["detail"]!["attempts"]![0]!.DeepClone());

        Assert.NotNull(JobAftermath.Of(End(e), spec, work, running, Record(RunStatus.Failed)).Record);
    }

    [Theory]
    [InlineData(RunStatus.Failed, ClaimState.Failed)]
    [InlineData(RunStatus.Succeeded, ClaimState.Done)]
    public void CloseOnlyTheClaimWhenTheSupervisorWasKilledBetweenTheTwo(RunStatus status, ClaimState expected)
    {
        var left = JobAftermath.Of(End(), spec, work, submitted with { State = ClaimState.Running, Owner = Job }, Record(status));

        Assert.Null(left.Record);
        Assert.Equal(expected, left.Claim!.State);
    }

    [Fact]
    public void LeaveWhatTheSupervisorHasWritten() => Assert.Equal(
        new JobAftermath(null, null),
        JobAftermath.Of(End(), spec, work, submitted with { State = ClaimState.Failed, Owner = Job }, Record(RunStatus.Failed)));

    [Fact]
    public void LeaveWhatIsDone() => Assert.Equal(
        new JobAftermath(null, null), JobAftermath.Of(End(), spec, work, submitted with { State = ClaimState.Done }, null));

    [Fact]
    public void LeaveAClaimThatAnotherJobHolds() => Assert.Equal(
        new JobAftermath(null, null), JobAftermath.Of(End(), spec, work, submitted with { JobId = "another" }, null));

    [Fact]
    public void LeaveAClaimThatARequestHasTakenOver() => Assert.Equal(
        new JobAftermath(null, null),
        JobAftermath.Of(End(), spec, work, submitted with { State = ClaimState.Running, JobId = null, Owner = "request-2" }, null));

    [Fact]
    public void CloseAClaimThatKnowsTheJobOnlyByName()
    {
        var left = JobAftermath.Of(End(), spec, work, submitted with { State = ClaimState.Submitting, JobId = null }, null);

        Assert.Equal(ClaimState.Failed, left.Claim!.State);
    }

    [Fact]
    public void MakeAClaimWhereTheJobCameWithoutOne()
    {
        var left = JobAftermath.Of(End(), spec, work, null, null);

        Assert.Equal((ClaimState.Failed, DateTimeOffset.FromUnixTimeMilliseconds(1767322800000)), (left.Claim!.State, left.Claim.Started));
        Assert.Equal(work.Object, left.Claim.Event);
    }

    [Fact]
    public void OfASuccessAreTheSupervisorsOwn()
    {
        var e = Event;
        e["detail"]!["status"] = "SUCCEEDED";

        Assert.Equal(new JobAftermath(null, null), JobAftermath.Of(End(e), spec, work, submitted, null));
    }

    private static JsonObject TaskOf(params JsonObject[] containers) =>
        new() { ["taskProperties"] = new JsonArray(new JsonObject { ["containers"] = new JsonArray([.. containers]) }) };

    private static JobEnd End(JsonNode? e = null) => JobEnd.Of(JsonSerializer.SerializeToElement(e ?? Event))!;

    private static RunRecord Record(RunStatus status) => new()
    {
        Function = "count",
        Pipeline = "texts",
        InvocationId = Invocation.IdOf("count", work.Object!),
        Status = status,
        RanIn = "batch",
        RequestId = Job,
        Started = earlier,
        Ended = earlier,
    };
}
