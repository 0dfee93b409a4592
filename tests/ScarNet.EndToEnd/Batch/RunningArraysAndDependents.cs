using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Batch;

public sealed class RunningArraysAndDependents(BatchFixture batch) : IClassFixture<BatchFixture>
{
    [Fact]
    public async Task EachChildKnowsItsIndex()
    {
        var definition = await batch.Define("array", "echo $AWS_BATCH_JOB_ID $AWS_BATCH_JOB_ARRAY_INDEX of $AWS_BATCH_JOB_ARRAY_SIZE; test $AWS_BATCH_JOB_ARRAY_INDEX != 3");
        var id = await batch.Submit(definition, "--array-properties", "size=5");

        var parent = await batch.WaitForEnd(id);

        Assert.Equal("FAILED", (string?)parent["status"]);
        Assert.Equal("Array Child Job failed", (string?)parent["statusReason"]);
        Assert.Equal(5, (int)parent["arrayProperties"]!["size"]!);
        Assert.Equal(4, (int)parent["arrayProperties"]!["statusSummary"]!["SUCCEEDED"]!);
        Assert.Equal(1, (int)parent["arrayProperties"]!["statusSummary"]!["FAILED"]!);
        Assert.Equal(0, (int)parent["arrayProperties"]!["statusSummary"]!["RUNNING"]!);
        var child = await batch.Describe($"{id}:3");
        Assert.Equal(3, (int)child["arrayProperties"]!["index"]!);
        Assert.Equal(1, (int)child["container"]!["exitCode"]!);
        Assert.Equal([$"{id}:3 3 of 5"], await batch.Log(child));
        var listed = await batch.Batch("list-jobs", "--array-job-id", id, "--job-status", "SUCCEEDED", "--page-size", "3");
        Assert.Equal(
            [$"{id}:0", $"{id}:1", $"{id}:2", $"{id}:4"],
            listed["jobSummaryList"]!.AsArray().Select(job => (string)job!["jobId"]!));
    }

    [Fact]
    public async Task TenThousandChildrenCanBeSubmittedAndTerminated()
    {
        var definition = await batch.Define("many", "sleep 1000");
        var id = await batch.Submit(definition, "--array-properties", "size=10000");
        await batch.Until($"{id}:1", "RUNNING");

        await batch.Batch("terminate-job", "--job-id", id, "--reason", "enough");

        var parent = await batch.WaitForEnd(id);
        Assert.Equal("FAILED", (string?)parent["status"]);
        Assert.Equal(10_000, (int)parent["arrayProperties"]!["statusSummary"]!["FAILED"]!);
        Assert.Equal("enough", (string?)(await batch.Describe($"{id}:1"))["statusReason"]);
    }

    [Fact]
    public async Task OneArrayFollowsAnotherChildByChild()
    {
        var shared = Path.Join(batch.Files, "order");
        var definition = await batch.Define("follow", $"echo $NAME $AWS_BATCH_JOB_ARRAY_INDEX >> {shared}");
        var first = await batch.Submit(
            definition, "--array-properties", "size=3", "--container-overrides", "environment=[{name=NAME,value=first}]", "--depends-on",
            "type=SEQUENTIAL");

        var second = await batch.Submit(
            definition, "--array-properties", "size=3", "--container-overrides", "environment=[{name=NAME,value=second}]", "--depends-on",
            $"jobId={first},type=N_TO_N");
        var last = await batch.Submit(
            definition, "--container-overrides", "environment=[{name=NAME,value=last}]", "--depends-on", $"jobId={second}");

        Assert.Equal("SUCCEEDED", (string?)(await batch.WaitForEnd(last))["status"]);
        var lines = (await File.ReadAllLinesAsync(shared, TestContext.Current.CancellationToken)).Select(line => line.TrimEnd()).ToList();
        Assert.Equal(["first 0", "first 1", "first 2"], lines.Where(line => line.StartsWith("first", StringComparison.Ordinal)));
        Assert.All(Enumerable.Range(0, 3), n => Assert.True(lines.IndexOf($"first {n}") < lines.IndexOf($"second {n}")));
        Assert.Equal("last", lines[^1]);
    }

    [Fact]
    public async Task AFailureTakesItsDependentsAlong()
    {
        var failing = await batch.Submit(await batch.Define("failing", "exit 1"));
        var dependent = await batch.Submit(await batch.Define("dependent", "true"), "--depends-on", $"jobId={failing}");

        var job = await batch.WaitForEnd(dependent);

        Assert.Equal("FAILED", (string?)job["status"]);
        Assert.Equal("Dependent Job failed", (string?)job["statusReason"]);
        Assert.Empty(job["attempts"]!.AsArray());
    }

    [Fact]
    public async Task ACancelledJobNeverRuns()
    {
        await batch.MakeQueue("narrow", maxVcpus: 1);
        var definition = await batch.Define("cancel", "sleep 1000");
        var running = await batch.Submit(definition, "--job-queue", "narrow");
        var waiting = await batch.Submit(definition, "--job-queue", "narrow");
        await batch.Until(running, "RUNNING");

        await batch.Batch("cancel-job", "--job-id", waiting, "--reason", "changed my mind");
        await batch.Batch("cancel-job", "--job-id", running, "--reason", "has no effect");

        var cancelled = await batch.WaitForEnd(waiting);
        Assert.Equal(("FAILED", "changed my mind"), ((string?)cancelled["status"], (string?)cancelled["statusReason"]));
        Assert.True((bool)cancelled["isCancelled"]!);
        JsonNode listed = (await batch.Batch("list-jobs", "--job-queue", "narrow"))["jobSummaryList"]!;
        Assert.Equal([running], listed.AsArray().Select(job => (string)job!["jobId"]!));
        await batch.Batch("terminate-job", "--job-id", running, "--reason", "end of test");
        await batch.WaitForEnd(running);
    }
}
