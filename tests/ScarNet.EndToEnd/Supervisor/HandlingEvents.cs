using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class HandlingEvents(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const string Copy = "#!/bin/sh\ncp \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR/\"\n";

    [Fact]
    public async Task BringsTheOutputToItsPlaceAndTellsOfIt()
    {
        var spec = engine.Function("mkdir -p $TMP_OUTPUT_DIR/deep && tr a-z A-Z < $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/deep/out.txt");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("one/a b+c%.txt", "hello")), "request-1");

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal($"s3://outbox/{spec.Function}/deep/out.txt", (string?)answer.Body["outputs"]![0]);
        Assert.Equal("HELLO", (await engine.Outputs(spec))["deep/out.txt"]);
        var run = Assert.Single(await engine.Runs(spec));
        Assert.Equal((RunStatus.Succeeded, 0, "lambda", "request-1"), (run.Status, run.ExitCode, run.RanIn, run.RequestId));
        Assert.Equal("one/a b+c%.txt", run.Source?.Object.Key);
        Assert.Equal($"/aws/lambda/{spec.Function}", run.LogGroup);
        var claim = Assert.Single(await engine.Claims(spec));
        Assert.Equal((ClaimState.Done, 1), (claim.State, claim.Outputs.Count));
        var metadata = (await engine.S3.GetObjectMetadataAsync(Outbox, $"{spec.Function}/deep/out.txt")).Metadata;
        Assert.Equal(run.InvocationId, metadata["scarnet-run"]);
        Assert.Equal("s3://inbox/one/a%20b%2Bc%25.txt", metadata["scarnet-source"]);
        Assert.Equal("1", metadata["scarnet-hops"]);
        Assert.Empty(sandbox.Workspaces);
    }

    [Fact]
    public async Task WorksOnEveryRecord()
    {
        var spec = engine.Function(Copy);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("two/a", "A"), await engine.Put("two/b", "B")));

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal(["a=A", "b=B"], (await engine.Outputs(spec)).Select(o => $"{o.Key}={o.Value}"));
    }

    [Fact]
    public async Task TriesEveryRecordAndThenReportsThoseThatFailed()
    {
        var spec = engine.Function("grep -q good $INPUT_FILE_PATH || exit 3; cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(
            await engine.Put("mix/1", "good"), await engine.Put("mix/2", "bad"), await engine.Put("mix/3", "good")));

        Assert.True(answer.Failed);
        Assert.Equal("1 of 3 records failed: s3://inbox/mix/2: the script ended with exit code 3", answer.Error);
        Assert.Equal(["1", "3"], (await engine.Outputs(spec)).Keys);
    }

    [Theory]
    [InlineData("""{"Records":[RECORD],"parameters":["fast"]}""")]
    [InlineData("""{"parameters":"fast"}""")]
    [InlineData("""{"parameters":{"speed":"fast","speed":"slow"}}""")]
    public async Task LeavesParametersOfAnyFormToFunctionsThatDeclareThem(string payload)
    {
        var plain = engine.Function("true");
        var declaring = plain with { Parameters = new Dictionary<string, string?> { ["speed"] = "slow" } };
        payload = payload.Replace("RECORD", await engine.Put("parameters/" + plain.Function, "x"), StringComparison.Ordinal);
        await using var sandbox = Sandbox.Start(plain, engine.ClientEnvironment);
        await using var strict = Sandbox.Start(declaring, engine.ClientEnvironment);

        var done = await sandbox.Handle(payload);
        var refused = await strict.Handle(payload);
        var next = await strict.Handle(Event(await engine.Put("parameters/next", "x")));

        Assert.True(!next.Failed, next.Error);
        Assert.Equal(("succeeded", "failed"), (done.Status, refused.Status));
        Assert.Matches("^'parameters' of the payload (is no object|has 'speed' twice): ", refused.Error);
    }

    [Fact]
    public async Task PassesOverWhatIsNothingForTheFunction()
    {
        var spec = engine.Function("touch $TMP_OUTPUT_DIR/ran") with { Triggers = [new Trigger(Inbox, "mine/")] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var test = await sandbox.Handle("""{"Service":"Amazon S3","Event":"s3:TestEvent"}""");
        var folder = await sandbox.Handle(Event(Record("mine/folder/", "d41d8cd98f00b204e9800998ecf8427e", 0)));
        var other = await sandbox.Handle(Event(await engine.Put("other/x", "x")));

        Assert.All([test, folder, other], answer => Assert.Equal("skipped", answer.Status));
        Assert.Empty(await engine.Outputs(spec));
        Assert.Empty(await engine.Claims(spec));
    }

    [Fact]
    public async Task TakesNoKeyForMoreThanAName()
    {
        string[] keys =
        [
            "../../etc/x", "../up", "//x", "/etc/passwd", "a b+c%.txt", "$(touch x)", "'; rm -rf /;'x", "🎉/🧬.fa", "ü/ß.txt", "#[1].csv", "a%2Bb",
            "trailing ", "-rf", "new\nline", "quote\"'.txt", "\\back", "..x", new string('k', 1016), new string('ü', 500) + ".fasta.gz",
        ];
        var spec = engine.Function("#!/bin/sh\nset -e\ncp -- \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR/out\"\nls -A | tr '\\n' ' '\nset -- input/*\necho $#\n") with
        {
            Outputs = [new OutputRule(Outbox, "keys/{request_id}/")],
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        for (var i = 0; i < keys.Length; i++)
        {
            var answer = await sandbox.Handle(Event(await engine.Put("hostile/" + keys[i], keys[i])), $"key-{i}");

            Assert.True(answer.Status == "succeeded", $"'{keys[i]}': {answer.Body.ToJsonString()}");
            var expected = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(keys[i]));
            Assert.Equal(expected, await engine.Text(Outbox, $"keys/key-{i}/out"));
        }

        var (output, _) = await sandbox.Stop();
        Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.Equal(".scarnet input output 1", line));
        Assert.Equal(["scarnet-0"], Directory.GetFileSystemEntries(sandbox.Temporary).Select(Path.GetFileName));
    }

    [Fact]
    public async Task KeepsNothingOfTheEventBefore()
    {
        var spec = engine.Function("echo \"${STORAGE_OBJECT_KEY-none} ${EVENT_TIME-none}\" > $TMP_OUTPUT_DIR/out; env | grep -c ^SCARNET_SPEC") with
        {
            Outputs = [new OutputRule(Outbox, "stale/{request_id}/")],
        };
        await using var sandbox = Sandbox.Start(spec with { Script = spec.Script with { Text = spec.Script.Text + "; true" } }, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("stale/x", "x")), "s1");
        await sandbox.Handle("""{"answer":42}""", "s2");

        Assert.Equal("stale/x 2026-11-21T10:11:12.345Z\n", await engine.Text(Outbox, "stale/s1/out"));
        Assert.Equal("none none\n", await engine.Text(Outbox, "stale/s2/out"));
    }

    [Fact]
    public async Task HandsOtherDataToTheScriptAsAFile()
    {
        var spec = engine.Function("cat $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/out; basename $INPUT_FILE_PATH >> $TMP_OUTPUT_DIR/out");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle("""{"answer":42}""");

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal("""{"answer":42}event.json""" + "\n", (await engine.Outputs(spec))["out"]);
    }

    [Fact]
    public async Task RunsTheScriptAndArgumentsOfTheCall()
    {
        var spec = engine.Function("echo \"$@\" > $TMP_OUTPUT_DIR/own") with { };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var script = Convert.ToBase64String("#!/bin/bash\n[[ 1 ]] && printf '%s|' \"$@\" > $TMP_OUTPUT_DIR/other\n"u8);

        await sandbox.Handle("""{"cmd_args":"[\"a b\",\"c\"]"}""");
        await sandbox.Handle(new JsonObject { ["script"] = script, ["cmd_args"] = new JsonArray("x", "$(y)") }.ToJsonString());
        var wrong = await sandbox.Handle("""{"cmd_args":7}""");

        var outputs = await engine.Outputs(spec);
        Assert.Equal("a b c\n", outputs["own"]);
        Assert.Equal("x|$(y)|", outputs["other"]);
        Assert.Contains("'cmd_args' of the payload is no list of texts", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesAnObjectAloneThatWasReplacedMeanwhile()
    {
        var spec = engine.Function(Copy);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var old = await engine.Put("again/x", "old");
        var current = await engine.Put("again/x", "new");

        var first = await sandbox.Handle(Event(old));
        var second = await sandbox.Handle(Event(current));

        Assert.Equal(("superseded", "succeeded"), (first.Status, second.Status));
        Assert.Equal("new", (await engine.Outputs(spec))["x"]);
        Assert.Contains(await engine.Runs(spec), run => run.Status == RunStatus.Superseded);
    }

    [Fact]
    public async Task ReadsTheVersionOfTheEvent()
    {
        var spec = engine.Function(Copy);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var old = await engine.Put("versions/x", "old", Outbox);
        await engine.Put("versions/x", "new", Outbox);

        var answer = await sandbox.Handle(Event(old));

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal("old", (await engine.Outputs(spec))["x"]);
    }

    [Fact]
    public async Task FindsOutTheVersionWhereTheEventSaysNone()
    {
        var spec = engine.Function(Copy);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        await engine.Put("bare", "x");
        const string Task = """{"invocationSchemaVersion":"2.0","invocationId":"i","tasks":[{"taskId":"t1","s3Key":"bare","s3VersionId":null,"s3Bucket":"inbox"}]}""";

        var answer = await sandbox.Handle(Task);

        Assert.Equal(("t1", "Succeeded"), ((string?)answer.Result(0)["taskId"], (string?)answer.Result(0)["resultCode"]));
        Assert.Equal("x", (await engine.Outputs(spec))["bare"]);
    }

    [Fact]
    public async Task StopsAChainThatGoesRound()
    {
        var spec = engine.Function(Copy) with { MaxHops = 3 };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var last = await sandbox.Handle(Event(await engine.Put("hops/2", "x", metadata: new Dictionary<string, string> { ["scarnet-hops"] = "2" })));
        var over = await sandbox.Handle(Event(await engine.Put("hops/3", "x", metadata: new Dictionary<string, string> { ["scarnet-hops"] = "3" })));

        Assert.Equal("succeeded", last.Status);
        Assert.Equal("3", (await engine.S3.GetObjectMetadataAsync(Outbox, $"{spec.Function}/2")).Metadata["scarnet-hops"]);
        Assert.Contains("max_hops is 3", over.Error, StringComparison.Ordinal);
        Assert.Equal(["2"], (await engine.Outputs(spec)).Keys);
    }

    [Fact]
    public async Task UploadsLargeOutputsInPieces()
    {
        var spec = engine.Function("head -c 40000000 /dev/zero | tr '\\0' 'x' > $TMP_OUTPUT_DIR/large");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("large", "x")));

        Assert.Equal("succeeded", answer.Status);
        var head = await engine.S3.GetObjectMetadataAsync(Outbox, $"{spec.Function}/large");
        Assert.Equal((40_000_000, true), (head.ContentLength, head.ETag.EndsWith("-3\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task DoesNotOverwriteWhatAnotherSourceMade()
    {
        var spec = engine.Function("echo $STORAGE_OBJECT_KEY > $TMP_OUTPUT_DIR/same");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        await sandbox.Handle(Event(await engine.Put("from/a", "1")));

        var other = await sandbox.Handle(Event(await engine.Put("from/b", "2")));
        var again = await sandbox.Handle(Event(await engine.Put("from/a", "3")));

        Assert.Contains("was made from s3://inbox/from/a", other.Error, StringComparison.Ordinal);
        Assert.Equal("succeeded", again.Status);
        Assert.Equal("from/a\n", (await engine.Outputs(spec))["same"]);
    }

    [Fact]
    public async Task OverwritesWhenTheFunctionSaysSo()
    {
        var spec = engine.Function("echo $STORAGE_OBJECT_KEY > $TMP_OUTPUT_DIR/same") with { Overwrite = true };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        await sandbox.Handle(Event(await engine.Put("over/a", "1")));

        var other = await sandbox.Handle(Event(await engine.Put("over/b", "2")));

        Assert.Equal("succeeded", other.Status);
        Assert.Equal("over/b\n", (await engine.Outputs(spec))["same"]);
    }
}
