using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class SkippingWhatIsDone(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    /// <summary>DOMAIN.md, 2.3: BayerCLAW's skip_if_output_exists ends every step that has outputs with 199.</summary>
    [Theory(DisplayName = "bclaw_skip_if_output_typeerror: a second run copies nothing and says so, however many outputs there are")]
    [InlineData("true", 0)]
    [InlineData("echo 1 > $TMP_OUTPUT_DIR/a; echo 2 > $TMP_OUTPUT_DIR/b", 2)]
    public async Task CopiesNothingASecondTime(string script, int outputs)
    {
        var ran = engine.WriteFile($"skip-{outputs}/ran", "");
        var spec = engine.Function($"echo ran >> {ran}; {script}") with { SkipIfDone = true };
        var (first, second) = await Twice(spec, $"skip/{outputs}");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var done = await sandbox.Handle(first);
        var again = await sandbox.Handle(second);
        var (_, log) = await sandbox.Stop();

        Assert.Equal(("succeeded", "skipped"), (done.Status, again.Status));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(ran, TestContext.Current.CancellationToken));
        Assert.Equal(outputs, (await engine.Versions(spec.Function)).Count);
        Assert.Contains("already done: nothing was copied", log, StringComparison.Ordinal);
        var runs = await engine.Runs(spec);
        var skipped = Assert.Single(runs, run => run.Status == RunStatus.Skipped);
        Assert.Equal(Assert.Single(runs, run => run.Status == RunStatus.Succeeded).InvocationId, skipped.SameAs);
        Assert.Equal(outputs, skipped.Outputs.Count);
        Assert.All(await engine.Claims(spec), claim => Assert.Equal(ClaimState.Done, claim.State));
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("changed")]
    [InlineData("script")]
    [InlineData("another input")]
    [InlineData("not asked for")]
    public async Task RunsAgainWhenSomethingIsNotAsItWas(string what)
    {
        var spec = engine.Function("echo 1 > $TMP_OUTPUT_DIR/a") with { SkipIfDone = what != "not asked for", Overwrite = true };
        spec = spec with { Inputs = [new($"s3://{Inbox}/{spec.Function}/further/*.txt")] };
        await engine.Put(spec.Function + "/further/1.txt", "1");
        var (first, second) = await Twice(spec, "again/" + what);
        await using (var sandbox = Sandbox.Start(spec, engine.ClientEnvironment))
        {
            await sandbox.Handle(first);
        }

        switch (what)
        {
            case "gone":
                await engine.S3.DeleteObjectAsync(Outbox, spec.Function + "/a");
                break;
            case "changed":
                await engine.Put(spec.Function + "/a", "somebody's own", Outbox);
                break;
            case "another input":
                await engine.Put(spec.Function + "/further/2.txt", "2");
                break;
            case "script":
                spec = spec with { Script = ScriptSpec.Inside("echo 2 > $TMP_OUTPUT_DIR/a"u8.ToArray(), []) };
                break;
        }

        await using var next = Sandbox.Start(spec, engine.ClientEnvironment);
        var again = await next.Handle(second);

        Assert.Equal("succeeded", again.Status);
        Assert.Equal(what == "script" ? "2\n" : "1\n", (await engine.Outputs(spec))["a"]);
    }

    [Fact]
    public async Task LooksAtFurtherInputsWithoutFetchingThem()
    {
        var spec = engine.Function("echo 1 > $TMP_OUTPUT_DIR/a") with { SkipIfDone = true };
        spec = spec with { Inputs = [new($"s3://{Inbox}/{spec.Function}/further.txt"), new($"s3://{Inbox}/{spec.Function}/none", Optional: true)] };
        await engine.Put(spec.Function + "/further.txt", "1");
        var (first, second) = await Twice(spec, "further");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(first);

        Assert.Equal("skipped", (await sandbox.Handle(second)).Status);
    }

    [Theory]
    [InlineData("directory", "s3://{bucket}/{key_dir}", "dir/changed.txt")]
    [InlineData("bucket", "s3://BUCKET/", "changed.txt")]
    [InlineData("brackets", "s3://BUCKET/sample[1].txt", "sample[1].txt")]
    [InlineData("run[1]", "s3://BUCKET/run[1]/", "run[1]/changed.txt")]
    public async Task SeesThatAFurtherInputHasChanged(string what, string url, string key)
    {
        var spec = engine.Function("cat input/* input/*/* | sort > $TMP_OUTPUT_DIR/a") with { SkipIfDone = true, Overwrite = true };
        var bucket = spec.Function + "-further";
        await engine.S3.PutBucketAsync(bucket);
        spec = spec with { Inputs = [new(url.Replace("BUCKET", bucket, StringComparison.Ordinal), Path: "input/further/")] };
        await engine.Put(key, "before\n", bucket);
        var record = await engine.Put("dir/of.txt", "event\n", bucket);
        var (first, second) = (Event(record), Event(record.Replace("00A1", "00A2", StringComparison.Ordinal)));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var done = await sandbox.Handle(first);
        await engine.Put(key, "after\n", bucket);

        var again = await sandbox.Handle(second);
        var unchanged = await sandbox.Handle(Event(record.Replace("00A1", "00A3", StringComparison.Ordinal)));

        Assert.Equal(("succeeded", "succeeded", "skipped"), (done.Status, again.Status, unchanged.Status));
        Assert.True((await engine.Outputs(spec))["a"].StartsWith("after\n", StringComparison.Ordinal), what);
    }

    [Fact]
    public async Task SubmitsNoJobForWhatIsDone()
    {
        var spec = engine.Function("echo 1 > $TMP_OUTPUT_DIR/a") with { SkipIfDone = true };
        var (first, second) = await Twice(spec, "batch-skip");
        await using (var sandbox = Sandbox.Start(spec, engine.ClientEnvironment))
        {
            await sandbox.Handle(first);
        }

        // Nowhere to submit to: whatever tried would fail.
        await using var batch = Sandbox.Start(spec with { Mode = ExecutionMode.Batch }, engine.ClientEnvironment, new Dictionary<string, string>
        {
            [SupervisorVariables.JobQueue] = "none",
            [SupervisorVariables.JobDefinition] = "none:1",
        });

        Assert.Equal("skipped", (await batch.Handle(second)).Status);
    }

    /// <summary>Two events of one content, as two uploads of the same file make them.</summary>
    private async Task<(string First, string Second)> Twice(JobSpec spec, string key)
    {
        var record = await engine.Put($"{spec.Function}/{key}", "content");
        return (Event(record), Event(record.Replace("00A1", "00A2", StringComparison.Ordinal)));
    }
}
