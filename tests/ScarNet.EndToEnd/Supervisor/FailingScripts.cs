using System.Diagnostics;
using System.Text;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class FailingScripts(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    [Fact]
    public async Task AreReportedWithTheirExitCodeAndTheirOutputsKeptApart()
    {
        var spec = engine.Function("echo half > $TMP_OUTPUT_DIR/half.txt; exit 3");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("fail/x", "x")));

        Assert.Equal("s3://inbox/fail/x: the script ended with exit code 3", answer.Error);
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Failed, 3), (run.Status, run.ExitCode));
        Assert.Equal(ClaimState.Failed, Assert.Single(await engine.Claims(spec)).State);
        Assert.Empty(await engine.Outputs(spec));
        Assert.Equal("half\n", Assert.Single(await engine.Outputs(spec, "failed/")).Value);
        Assert.Equal($"failed/{spec.Function}/{run.InvocationId}/half.txt", Assert.Single(run.Outputs).Key);
    }

    [Theory]
    [InlineData(FailurePolicy.Upload, 1)]
    [InlineData(FailurePolicy.Discard, 0)]
    public async Task UploadOrDiscardWhenTheFunctionSaysSo(FailurePolicy policy, int outputs)
    {
        var spec = engine.Function("echo half > $TMP_OUTPUT_DIR/half.txt; exit 3") with { OnFailure = policy };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("policy/x", "x")));

        Assert.Equal(outputs, (await engine.Outputs(spec)).Count);
        Assert.Empty(await engine.Outputs(spec, "failed/"));
    }

    [Fact]
    public async Task AreTriedAgainAndMaySucceedThen()
    {
        var marker = engine.WriteFile("marker", "");
        File.Delete(marker);
        var spec = engine.Function($"test -e {marker} || {{ touch {marker}; exit 3; }}; echo ok > $TMP_OUTPUT_DIR/ok");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var e = Event(await engine.Put("retry/x", "x"));

        var first = await sandbox.Handle(e, "r1");
        var second = await sandbox.Handle(e, "r1");

        Assert.Equal((true, "succeeded"), (first.Failed, second.Status));
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Succeeded, 2), (run.Status, run.Attempt));
    }

    [Theory]
    [InlineData("sleep 600")]
    [InlineData("trap '' TERM; sleep 600 & wait; sleep 600")]
    [InlineData("trap 'exit 0' TERM; sleep 600 & wait")]
    public async Task ThatHangAreEndedAtTheDeadline(string script)
    {
        var spec = engine.Function($"echo half > $TMP_OUTPUT_DIR/half; {script}");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var watch = Stopwatch.StartNew();

        var answer = await sandbox.Handle(Event(await engine.Put("hang/x", script)), time: TimeSpan.FromSeconds(5));

        Assert.Contains("the script was ended at its deadline, after", answer.Error, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(300));
        Assert.Contains((await engine.Runs(spec))[0].ExitCode, new int?[] { ExitCodes.Terminated, ExitCodes.Killed });
        Assert.Single(await engine.Outputs(spec, "failed/"));
        Assert.Equal("succeeded", (await sandbox.Handle("{\"script\":\"OgA=\"}".Replace("OgA=", Convert.ToBase64String(":"u8), StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task ThatLeaveChildrenBehindDoNotHoldUpTheRun()
    {
        var pids = engine.WriteFile("children", "");
        var spec = engine.Function($"""
            #!/bin/bash
            sleep 600 & echo $! >> {pids}
            setsid sh -c 'echo $$ >> {pids}; exec sleep 600' &
            (setsid sh -c 'trap "" TERM HUP; echo $$ >> {pids}; while true; do sleep 600; done' &) &
            until [ $(wc -l < {pids}) = 3 ]; do sleep 0.01; done
            echo ok > $TMP_OUTPUT_DIR/ok
            """);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var watch = Stopwatch.StartNew();

        var answer = await sandbox.Handle(Event(await engine.Put("fork/x", "x")));

        Assert.Equal("succeeded", answer.Status);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(300)); // its children sleep for 600
        Assert.All(await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken), pid => Assert.False(Directory.Exists($"/proc/{pid}"), $"{pid} is still there"));
    }

    [Fact]
    public async Task ThatFillTheDiskAreToldAsSuch()
    {
        using var disk = await SmallDisk.Mount(8);
        var spec = engine.Function("cat /dev/zero > $TMP_OUTPUT_DIR/zeros");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, disk.Environment);

        var full = await sandbox.Handle(Event(await engine.Put("disk/x", "x")));
        var next = await sandbox.Handle("{\"script\":\"" + Convert.ToBase64String("echo ok > $TMP_OUTPUT_DIR/ok"u8) + "\"}");

        Assert.Equal("s3://inbox/disk/x: the script ended with exit code 1; the disk of its workspace is full", full.Error);
        Assert.Equal("succeeded", next.Status);
    }

    [Fact]
    public async Task AreNotEvenStartedForAnObjectThatDoesNotFit()
    {
        using var disk = await SmallDisk.Mount(1);
        var spec = engine.Function("touch $TMP_OUTPUT_DIR/ran");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, disk.Environment);

        var answer = await sandbox.Handle(Event(await engine.Put("big", new string('x', 3_000_000))));

        Assert.Contains("'s3://inbox/big' has 3000000 bytes, and the disk under", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.DiskFull, (await engine.Runs(spec))[0].ExitCode);
        Assert.Empty(await engine.Outputs(spec));
    }

    [Fact]
    public async Task MayPrintAGigabyteWithoutItStayingInMemory()
    {
        var spec = engine.Function("head -c 1073741824 /dev/zero");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("gigabyte", "x")));
        var peak = sandbox.PeakBytes();
        await sandbox.Stop();

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal(1L << 30, await sandbox.OutputBytes);
        Assert.InRange(peak, 0, 40L << 20);
    }

    [Fact]
    public async Task MayPrintBytesThatAreNoText()
    {
        var spec = engine.Function("printf 'a\\377\\376\\000b\\r\\n\\033[31m'");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("bytes", "x")));
        var (output, _) = await sandbox.Stop();

        Assert.Equal("a\u00FF\u00FE\0b\r\n\u001b[31m", output);
    }

    [Fact]
    public async Task NameTheInterpreterThatIsMissing()
    {
        var spec = engine.Function("#!/usr/bin/no-such-python -u\nprint(1)\n");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("interpreter", "x")));

        Assert.Contains("there is no '/usr/bin/no-such-python' here", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.ImageProblem, (await engine.Runs(spec))[0].ExitCode);
    }

    [Theory]
    [InlineData("#!/bin/bash\r\nset -e\r\n[[ a == a ]] && echo ok > $TMP_OUTPUT_DIR/ok\r\n", 0)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("yes | head -1 > /dev/null; [ \"${PIPESTATUS-}\" ] || true", 0)]
    [InlineData("no-such-command", 127)]
    [InlineData("exit 255", 255)]
    public async Task EndWithTheExitCodeAShellWouldSay(string script, int exitCode)
    {
        var spec = engine.Function(script);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("codes", script)));

        Assert.Equal(exitCode, (await engine.Runs(spec))[0].ExitCode);
    }

    [Fact]
    public async Task SeeAPipeBreakAsTheirAuthorsKnowIt()
    {
        var spec = engine.Function("#!/bin/bash\nyes | head -1 >/dev/null; echo ${PIPESTATUS[0]} > $TMP_OUTPUT_DIR/code");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("pipe", "x")));

        Assert.Equal("141\n", (await engine.Outputs(spec))["code"]); // 128 and SIGPIPE
    }

    [Fact]
    public async Task FailWhenARequiredOutputIsMissing()
    {
        var spec = engine.Function("touch $TMP_OUTPUT_DIR/a.txt");
        spec = spec with { Outputs = [.. spec.Outputs, new OutputRule(Outbox, spec.Function + "/jpg/", [], [".jpg"], Required: true)] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("required", "x")));

        Assert.Contains($"the script left no file for the required output 's3://outbox/{spec.Function}/jpg/'", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.OutputMissing, (await engine.Runs(spec))[0].ExitCode);
        Assert.Equal(["a.txt"], (await engine.Outputs(spec, "failed/")).Keys.Select(Path.GetFileName));
        Assert.Empty(await engine.Outputs(spec));
    }

    [Fact]
    public async Task PublishNothingWhenTwoOutputsWouldLandOnOneKey()
    {
        var spec = engine.Function("mkdir $TMP_OUTPUT_DIR/b; touch $TMP_OUTPUT_DIR/b/x $TMP_OUTPUT_DIR/x");
        spec = spec with
        {
            Outputs = [new OutputRule(Outbox, $"{spec.Function}/a/", ["b/"], []), new OutputRule(Outbox, $"{spec.Function}/a/b/", ["x"], [])],
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("collide", "x")));

        Assert.Contains($"the outputs 'b/x' and 'x' would both become 's3://outbox/{spec.Function}/a/b/x'", answer.Error, StringComparison.Ordinal);
        Assert.Empty(await engine.Outputs(spec));
    }

    [Fact]
    public async Task MayLeavePipesAndLinksInTheOutput()
    {
        var spec = engine.Function("cd $TMP_OUTPUT_DIR; mkfifo pipe; ln -s $INPUT_FILE_PATH linked; ln -s / root; ln -s nowhere broken; mkdir d; touch d/e");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("special", "content")));

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal(["d/e=", "linked=content"], (await engine.Outputs(spec)).Select(o => $"{o.Key}={o.Value}"));
    }

    [Fact]
    public async Task LeaveNoNameThatIsNotUtf8Unseen()
    {
        var spec = engine.Function("touch $TMP_OUTPUT_DIR/$(printf 'a\\377')");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("latin", "x")));

        Assert.Contains("is not UTF-8: no key can be made from it", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EndWithTheEngineThatHoldsThem()
    {
        var pid = engine.WriteFile("lifeline", "");
        var spec = engine.Function($"echo $$ > {pid}; exec sleep 600");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var handled = sandbox.HandleToDeath(Event(await engine.Put("lifeline", "x")), "r1");
        await Until(() => new FileInfo(pid).Length > 0);

        sandbox.CutLifeline();
        await handled;

        Assert.False(Directory.Exists("/proc/" + (await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken)).Trim()));
        Assert.Empty(sandbox.Workspaces);
    }

    [Fact]
    public async Task OfDeadSupervisorsLeaveNoWorkspace()
    {
        var started = engine.WriteFile("started", "");
        var spec = engine.Function($"echo x > {started}; exec sleep 600");
        await using var dead = Sandbox.Start(spec, engine.ClientEnvironment);
        var handled = dead.HandleToDeath(Event(await engine.Put("janitor", "x")), "r1");
        await Until(() => new FileInfo(started).Length > 0);
        dead.Kill();
        await handled;
        Assert.Single(dead.Workspaces);

        await using var next = Sandbox.Start(
            engine.Function("true"), engine.ClientEnvironment, new Dictionary<string, string> { ["TMPDIR"] = dead.Temporary });
        await next.Handle("{}");

        Assert.Empty(dead.Workspaces);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }
}
