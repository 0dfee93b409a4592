using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class EndingJobs(SupervisorFixture engine, DockerFixture docker) : IClassFixture<SupervisorFixture>
{
    /// <summary>DOMAIN.md, 2.1: an error of the upload after a failed script makes BayerCLAW's job end with 199.</summary>
    [Theory(DisplayName = "bclaw_upload_error_masks_exit: the script's exit code is the job's, whatever becomes of its outputs")]
    [InlineData(FailurePolicy.Keep)]
    [InlineData(FailurePolicy.Upload)]
    public async Task KeepTheScriptsExitCode(FailurePolicy policy)
    {
        var spec = engine.Function("echo x > $TMP_OUTPUT_DIR/x; exit 42") with { Outputs = [new OutputRule("there-is-no-such-bucket", "")], OnFailure = policy };
        await using var job = await JobProcess.Start(engine, spec, $"masked/{policy}");

        var (exitCode, _, error) = await job.End();

        Assert.Equal(42, exitCode);
        Assert.Contains("outputs of the failed run are not kept", Encoding.UTF8.GetString(error), StringComparison.Ordinal);
        Assert.Equal(42, (await engine.Runs(spec))[0].ExitCode);
    }

    /// <summary>DOMAIN.md, 2.2: one line that is not UTF-8 ends BayerCLAW's log of the run.</summary>
    [Fact(DisplayName = "bclaw_non_utf8_log: a script's bytes go on as they are")]
    public async Task PassOnEveryByte()
    {
        byte[] odd = [.. Enumerable.Range(0, 256).Select(i => (byte)i), 0xC3, (byte)'\n', 0xED, 0xA0, 0x80, (byte)'\r', (byte)'\n'];
        var bytes = engine.WriteFile("odd-bytes", [.. Enumerable.Repeat(odd, 400).SelectMany(piece => piece), .. "the end"u8]);
        var spec = engine.Function($"cat {bytes}; cat {bytes} >&2; exit 3");
        await using var job = await JobProcess.Start(engine, spec, "odd-bytes");

        var (_, output, error) = await job.End();

        var written = await File.ReadAllBytesAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(written, output);
        Assert.True(error.AsSpan().IndexOf(written) >= 0);
        var tail = (await engine.Runs(spec))[0].ErrorTail!;
        Assert.EndsWith("the end", tail, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(tail.Replace("\uFFFD", "?", StringComparison.Ordinal)), OutputTail.Bytes / 2, OutputTail.Bytes);
    }

    [Fact]
    public async Task SayTheirVersionFirstAndWhatTheyRunWithoutItsSecrets()
    {
        var spec = engine.Function("exit 0") with { Environment = new Dictionary<string, string> { ["DB_PASSWORD"] = "hunter2" } };
        spec = spec with { Script = spec.Script with { Arguments = ["--password=hunter2", "a b"] } };
        await using var job = await JobProcess.Start(engine, spec, "version");

        var (_, _, error) = await job.End();

        var lines = Encoding.UTF8.GetString(error).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(("scarnet supervisor", "batch"), ((string?)lines[0]["message"], (string?)lines[0]["place"]));
        Assert.Matches(@"^\d+\.\d+\.\d+$", (string)lines[0]["version"]!);
        var command = lines.Single(line => (string?)line["message"] == "script starts")["command"]!.AsArray().Select(text => (string)text!).ToList();
        Assert.Equal(("/bin/sh", "--password=***", "a b"), (command[0], command[^2], command[^1]));
    }

    [Fact]
    public async Task LetAScriptPutAwayWhatItHasWhenTheyAreTerminated()
    {
        var started = engine.WriteFile("terminated/started", "");
        var spec = engine.Function($"trap 'echo saved > $TMP_OUTPUT_DIR/checkpoint; exit 0' TERM; echo x > {started}; while :; do sleep 0.05; done");
        await using var job = await JobProcess.Start(engine, spec, "terminated");
        await JobProcess.Until(started);

        await job.Terminate();
        var (exitCode, _, _) = await job.End();

        Assert.Equal(ExitCodes.Terminated, exitCode); // it said 0, and was told to end all the same
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Contains("the run was told to end", run.Error, StringComparison.Ordinal);
        Assert.Equal("saved\n", Assert.Single(await engine.Outputs(spec, "failed/")).Value);
        Assert.Empty(job.Workspaces);
    }

    [Fact]
    public async Task SaveTheRecordAndTheSmallFilesInTimeWhenAnUploadHangs()
    {
        var started = engine.WriteFile("hanging/started", "");
        var spec = engine.Function($"cd $TMP_OUTPUT_DIR; head -c 4000000 /dev/zero > large; echo 1 > small; echo x > {started}; sleep 600");
        using var proxy = new StallingProxy(request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("/large", StringComparison.Ordinal));
        await using var job = await JobProcess.Start(engine, spec, "hanging", proxy.Environment);
        await JobProcess.Until(started);

        await job.Terminate();
        var (exitCode, _, error) = await job.End();

        var log = Encoding.UTF8.GetString(error);
        Assert.Equal(ExitCodes.Terminated, exitCode);
        Assert.Equal("1\n", Assert.Single(await engine.Outputs(spec, "failed/")).Value);
        Assert.EndsWith("/small", Assert.Single((await engine.Runs(spec))[0].Outputs).Key, StringComparison.Ordinal);
        Assert.Contains("output not uploaded: the run was told to end\"", log, StringComparison.Ordinal);
        Assert.Contains("\"message\":\"uploading\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', log);
    }

    [Fact]
    public async Task PassOnThatASpotMachineIsTakenBack()
    {
        using var metadata = new SpotMetadata();
        var started = engine.WriteFile("spot/started", "");
        var spec = engine.Function(
            $"trap 'cp $SCARNET_SPOT_NOTICE $TMP_OUTPUT_DIR/notice.json; exit 0' TERM; [ ! -e $SCARNET_SPOT_NOTICE ] && echo x > {started}; while :; do sleep 0.05; done");
        await using var job = await JobProcess.Start(engine, spec, "spot", metadata.Environment);
        await JobProcess.Until(started);
        var notice = $$"""{"action": "terminate", "time": "{{DateTimeOffset.UtcNow.AddMinutes(2):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""";

        metadata.Notice = notice;
        var (exitCode, _, _) = await job.End();

        Assert.Equal(ExitCodes.UploadFailed, exitCode); // which is tried again
        Assert.True(metadata.Asked > 0);
        Assert.StartsWith("the machine was taken back (spot, terminate at ", (await engine.Runs(spec))[0].Error, StringComparison.Ordinal);
        Assert.Equal(notice, Assert.Single(await engine.Outputs(spec, "failed/")).Value);
    }

    [Fact]
    public async Task EndTheirUploadsInTimeAlsoWhenANoticeComesAfterTheSignal()
    {
        using var metadata = new SpotMetadata();
        var started = engine.WriteFile("notice-after/started", "");
        var spec = engine.Function($"cd $TMP_OUTPUT_DIR; head -c 4000000 /dev/zero > large; echo x > {started}; sleep 600");
        using var proxy = new StallingProxy(request => request.StartsWith("PUT ", StringComparison.Ordinal) && request.Contains("/large", StringComparison.Ordinal));
        await using var job = await JobProcess.Start(engine, spec, "notice-after", proxy.Environment, metadata.Environment);
        await JobProcess.Until(started);

        await job.Terminate();
        metadata.Notice = $$"""{"action": "terminate", "time": "{{DateTimeOffset.UtcNow.AddMinutes(30):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""";
        var (exitCode, _, error) = await job.End();

        var log = Encoding.UTF8.GetString(error);
        Assert.Equal(ExitCodes.Terminated, exitCode);
        Assert.Contains("the machine is being taken back", log, StringComparison.Ordinal);
        Assert.Contains("output not uploaded: the run was told to end\"", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AreToldToEndAlsoWhereTheNoticeCannotBeWritten()
    {
        using var metadata = new SpotMetadata();
        var started = engine.WriteFile("no-room/started", "");
        var spec = engine.Function($"trap 'echo saved > $TMP_OUTPUT_DIR/checkpoint; exit 0' TERM; mkdir $SCARNET_SPOT_NOTICE; echo x > {started}; while :; do sleep 0.05; done");
        await using var job = await JobProcess.Start(engine, spec, "no-room", metadata.Environment);
        await JobProcess.Until(started);

        metadata.Notice = $$"""{"action": "terminate", "time": "{{DateTimeOffset.UtcNow.AddMinutes(2):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""";
        var (exitCode, _, error) = await job.End();

        Assert.Equal(ExitCodes.UploadFailed, exitCode);
        Assert.Equal("saved\n", Assert.Single(await engine.Outputs(spec, "failed/")).Value);
        Assert.Contains("the notice could not be put where the script looks for it", Encoding.UTF8.GetString(error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TellOfTheMemoryTheyHadWhenItRanOut()
    {
        var spec = engine.Function("echo part > $TMP_OUTPUT_DIR/part; tail /dev/zero > /dev/null");
        var put = await engine.S3.PutObjectAsync(new() { BucketName = Inbox, Key = "memory", ContentBody = "x" });
        var e = new BatchEvent(new() { Object = new(Inbox, "memory"), ETag = put.ETag.Trim('"'), Sequencer = "01" }, null, "r1");
        var variables = new Dictionary<string, string>(engine.ClientEnvironment)
        {
            ["AWS_BATCH_JOB_ID"] = Guid.NewGuid().ToString(),
            [SupervisorVariables.Spec] = System.Text.Json.JsonSerializer.Serialize(spec, Core.Json.Default.JobSpec),
            [SupervisorVariables.Event] = System.Text.Json.JsonSerializer.Serialize(e, Core.Json.Default.BatchEvent),
        };
        string[] settings = [.. variables.SelectMany(v => new[] { "--env", $"{v.Key}={v.Value}" })];

        var result = await Command.Run("docker",
        [
            "run", "--rm", "--network", "host", "--memory", "128m", "--memory-swap", "128m", "--volume", $"{SupervisorBinary.FullName}:{SupervisorVariables.MountPath}:ro",
            .. settings, await docker.Busybox(), SupervisorVariables.MountPath,
        ]);

        Assert.True(result.ExitCode == ExitCodes.Killed, $"{result.ExitCode}: {result.Error}");
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Contains("it ran out of memory, of which it had 128 MiB; 'batch: {memory: ...}' gives it more", run.Error, StringComparison.Ordinal);
        Assert.Equal("part\n", Assert.Single(await engine.Outputs(spec, "failed/")).Value);
    }

    [Fact]
    public async Task TellOfTheMemoryTheyHadWhereNobodySaysWhoKilled()
    {
        var spec = engine.Function("kill -9 $$") with { BatchMemoryMiB = 2048 };
        await using var job = await JobProcess.Start(engine, spec, "killed");

        var (exitCode, _, _) = await job.End();

        Assert.Equal(ExitCodes.Killed, exitCode);
        Assert.Equal("the script was killed (exit code 137): as a rule for memory, of which it had 2048 MiB", (await engine.Runs(spec))[0].Error);
    }

    /// <summary>CloudWatch's protocol is text: what is not UTF-8 cannot be there, and must not cost what is behind it.</summary>
    [Fact(DisplayName = "bclaw_non_utf8_log: the lines behind one that is not UTF-8 are in the log")]
    public async Task LeaveEveryLineInTheLog()
    {
        var definition = await engine.Define("odd-lines", """printf 'before\na\377b\303\050\nbehind\n'""");

        var log = await engine.Log(await engine.WaitForEnd(await engine.Submit(definition)));

        Assert.Equal(["before", "a\uFFFDb\uFFFD(", "behind"], log);
    }

    [Fact]
    public async Task AreNotBegunWithoutTheDiskTheyWant()
    {
        using var disk = await SmallDisk.Mount(8);
        var spec = engine.Function("touch $TMP_OUTPUT_DIR/ran") with { DiskFactor = 10_000_000 };
        await using var job = await JobProcess.Start(engine, spec, "factor", disk.Environment);

        var (exitCode, _, _) = await job.End();

        Assert.Equal(ExitCodes.DiskFull, exitCode);
        Assert.Contains("has 7 bytes, of which 'disk_factor' wants 10000000 times as many, and the disk under", (await engine.Runs(spec))[0].Error, StringComparison.Ordinal);
        Assert.Empty(await engine.Outputs(spec));
    }
}
