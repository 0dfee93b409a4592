using System.Text;
using System.Text.Json;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class HandingOverToBatch(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Fact(DisplayName = "duplicate_s3_event_two_jobs: an event that comes twice costs one job")]
    public async Task CostsOneJobForOneObject()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("tr a-z A-Z < $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/out; echo $REQUEST_ID $SCARNET_BRANCH >> $TMP_OUTPUT_DIR/out", ExecutionMode.Batch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var e = Event(await engine.Put("batch/a b.txt", "hello"));

        var answer = await sandbox.Handle(e, "r1");
        var duplicate = await sandbox.Handle(e, "r2");
        var job = await End((string)answer.Result(0)["jobId"]!);
        var late = await sandbox.Handle(e, "r3");

        Assert.Equal(("submitted", "duplicate", "duplicate"), (answer.Status, duplicate.Status, late.Status));
        Assert.Equal("SUCCEEDED", job.Status);
        Assert.Equal("HELLOr1 main\n", (await engine.Outputs(spec))["out"]);
        Assert.Single(await Jobs(spec));
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Succeeded, "batch", job.JobId), (run.Status, run.RanIn, run.RequestId));
        Assert.Equal((ClaimState.Done, run.RequestId), ((await engine.Claims(spec))[0].State, (await engine.Claims(spec))[0].JobId));
    }

    [Fact]
    public async Task EndsTheJobWithTheScriptsOwnExitCode()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("echo half > $TMP_OUTPUT_DIR/half; exit 42", ExecutionMode.Batch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var e = Event(await engine.Put("exit", "x"));

        var answer = await sandbox.Handle(e);
        var job = await End((string)answer.Result(0)["jobId"]!);
        var again = await sandbox.Handle(e);

        Assert.Equal(("FAILED", 42), (job.Status, job.Container!.ExitCode));
        Assert.Single(await engine.Outputs(spec, "failed/"));
        Assert.Equal("submitted", again.Status); // a failed run may be asked for again
        await End((string)again.Result(0)["jobId"]!);
        Assert.Equal(2, (await Jobs(spec)).Count);
    }

    [Fact]
    public async Task HappensAtTheDeadlineAndPublishesNothingOfThePartialOutput()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function(
            "echo started > $TMP_OUTPUT_DIR/part; [ \"$AWS_BATCH_JOB_ID\" ] || sleep 600; echo done > $TMP_OUTPUT_DIR/out", ExecutionMode.LambdaBatch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);

        var answer = await sandbox.Handle(Event(await engine.Put("slow", "x")), time: TimeSpan.FromSeconds(5));
        var job = await End((string)answer.Result(0)["jobId"]!);

        Assert.Equal(("submitted", "SUCCEEDED"), (answer.Status, job.Status));
        Assert.Equal(["out", "part"], (await engine.Outputs(spec)).Keys);
        Assert.Equal(2, (await engine.Versions(spec.Function)).Count);
        Assert.Empty(await engine.Outputs(spec, "failed/"));
    }

    [Fact]
    public async Task HappensForAnObjectThatDoesNotFit()
    {
        using var disk = await SmallDisk.Mount(1);
        var (spec, lambda) = await engine.DeployJob(engine.Function("wc -c < $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/out", ExecutionMode.LambdaBatch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda, disk.Environment);

        var answer = await sandbox.Handle(Event(await engine.Put("huge", new string('x', 3_000_000))));
        await End((string)answer.Result(0)["jobId"]!);

        Assert.Equal("3000000\n", (await engine.Outputs(spec))["out"]);
    }

    [Fact]
    public async Task DoesNotHappenForWhatFinishesInTime()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR/out", ExecutionMode.LambdaBatch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);

        var answer = await sandbox.Handle(Event(await engine.Put("quick", "x")));

        Assert.Equal("succeeded", answer.Status);
        Assert.Empty(await Jobs(spec));
    }

    public static TheoryData<int, bool> Moments => new()
    {
        // claim
        { 1, false },
        { 1, true },

        // SubmitJob: afterwards the job exists and nobody knows its id
        { 2, false },
        { 2, true },

        // the job's id into the claim
        { 3, false },
        { 3, true },

        // record
        { 4, false },
        { 4, true },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task SubmitsOneJobEvenWhenKilledInBetween(int request, bool afterwards)
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR/out", ExecutionMode.Batch));
        var e = Event(await engine.Put($"killed/{request}{afterwards}", "x"));
        using var proxy = new KillingProxy(request, afterwards);
        await using var killed = Sandbox.Start(spec, engine.ClientEnvironment, lambda, proxy.Environment);
        proxy.Kills(killed.Kill);
        await killed.HandleToDeath(e, "the-request");

        await using var next = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var retried = await next.Handle(e, "the-request");

        Assert.False(retried.Failed, retried.Error);
        var job = Assert.Single(await Jobs(spec));
        await End(job);
        Assert.Single(await engine.Versions(spec.Function));
        Assert.Equal(ClaimState.Done, Assert.Single(await engine.Claims(spec)).State);
    }

    [Fact(DisplayName = "submit_by_name_races_revision: the job is of the revision that the function was deployed with")]
    public async Task IsNotTakenInByALaterRevision()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("echo first > $TMP_OUTPUT_DIR/out", ExecutionMode.Batch));
        await engine.DeployJob(spec with { Script = ScriptSpec.Inside(Encoding.UTF8.GetBytes("#!/bin/sh\necho second > $TMP_OUTPUT_DIR/out\n"), []) });
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);

        var answer = await sandbox.Handle(Event(await engine.Put("revision", "x")));
        var job = await End((string)answer.Result(0)["jobId"]!);

        Assert.EndsWith(":1", job.JobDefinition, StringComparison.Ordinal);
        Assert.Equal("first\n", (await engine.Outputs(spec))["out"]);
    }

    [Fact]
    public async Task GivesEachChildOfAnArrayItsOwnObject()
    {
        const int children = 200;
        var (spec, lambda) = await engine.DeployJob(engine.Function("cp \"$INPUT_FILE_PATH\" $TMP_OUTPUT_DIR/$SCARNET_BRANCH", ExecutionMode.Batch));
        var names = Enumerable.Range(0, children).Select(n => $"{spec.Function}/{n:D3} +%.txt").ToList();
        foreach (var name in names)
        {
            await engine.S3.PutObjectAsync(new() { BucketName = Inbox, Key = name, ContentBody = name });
        }

        var listed = (await engine.S3.ListObjectsV2Async(new() { BucketName = Inbox, Prefix = spec.Function + "/" })).S3Objects;
        var manifest = ArrayManifest.Of(spec.Function, listed.Select(found => new ObjectEvent
        {
            Object = new(Inbox, found.Key),
            ETag = found.ETag.Trim('"'),
            Sequencer = "0001",
        }));
        await engine.S3.PutObjectAsync(new() { BucketName = spec.ArtifactBucket, Key = manifest.Key, InputStream = new MemoryStream(manifest.Content.ToArray()) });
        var first = await Submit(spec, lambda, manifest, manifest.Sha256, children);
        var again = await Submit(spec, lambda, manifest, manifest.Sha256, children);
        var damaged = await Submit(spec, lambda, manifest, new string('0', 64), 2);

        Assert.Equal(("SUCCEEDED", "SUCCEEDED"), ((await End(first)).Status, (await End(again)).Status));
        Assert.Equal("FAILED", (await End(damaged)).Status);
        var outputs = await engine.Outputs(spec);
        Assert.Equal(children, outputs.Count);
        Assert.Equal(names, Enumerable.Range(0, children).Select(n => outputs[$"{n}"]));
        Assert.Equal(children, (await engine.Versions(spec.Function)).Count);
        Assert.All(await engine.Claims(spec), claim => Assert.Equal(ClaimState.Done, claim.State));
    }

    [Fact(DisplayName = "overrides_8192: an event too large for a job's overrides lies in the bucket")]
    public async Task PutsALargeEventApart()
    {
        var (spec, lambda) = await engine.DeployJob(engine.Function("echo ${#EVENT} > $TMP_OUTPUT_DIR/out", ExecutionMode.Batch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var payload = JsonSerializer.Serialize(new { data = new string('x', 20_000) });

        var answer = await sandbox.Handle(payload);
        await End((string)answer.Result(0)["jobId"]!);

        Assert.Equal($"{payload.Length}\n", (await engine.Outputs(spec))["out"]);
    }

    [Fact]
    public async Task LetsATerminatedJobBringAwayWhatItHas()
    {
        var started = engine.WriteFile("terminated", "");
        var (spec, lambda) = await engine.DeployJob(engine.Function($"echo half > $TMP_OUTPUT_DIR/half; echo x > {started}; sleep 600", ExecutionMode.Batch));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, lambda);
        var answer = await sandbox.Handle(Event(await engine.Put("terminate", "x")));
        var jobId = (string)answer.Result(0)["jobId"]!;
        await JobProcess.Until(started);

        await engine.Clients.Batch.TerminateJobAsync(new() { JobId = jobId, Reason = "enough" });
        await End(jobId);

        Assert.Single(await engine.Outputs(spec, "failed/"));
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Contains("the run was told to end", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Terminated, run.ExitCode);
    }

    private async Task<string> Submit(
        JobSpec spec, IReadOnlyDictionary<string, string> lambda, Offload.Upload manifest, string sha256, int size)
    {
        var answer = await engine.Clients.Batch.SubmitJobAsync(new()
        {
            JobName = spec.Function,
            JobQueue = lambda[SupervisorVariables.JobQueue],
            JobDefinition = lambda[SupervisorVariables.JobDefinition],
            ArrayProperties = new() { Size = size },
            ContainerOverrides = new()
            {
                Environment =
                [
                    new() { Name = SupervisorVariables.ArrayUri, Value = $"s3://{spec.ArtifactBucket}/{manifest.Key}" },
                    new() { Name = SupervisorVariables.ArraySha256, Value = sha256 },
                ],
            },
        });
        return answer.JobId!;
    }

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
