using System.Security.Cryptography;
using System.Text;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class TakingFurtherInputs(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const string ListAll = "cd input && find . -type f | LC_ALL=C sort > $TMP_OUTPUT_DIR/files";

    [Fact]
    public async Task FetchesKeysOfAnyBytesAndRecordsTheirVersion()
    {
        string[] keys = ["lit/sample[1].txt", "lit/*.txt", "lit/a b+c%41\\?.txt", "lit/ü🧬\n.txt"];
        foreach (var key in keys)
        {
            await engine.Put(key, key);
        }

        await engine.Put("lit/sample1.txt", "not this");
        var spec = engine.Function("printf '%s|' \"$(cat \"$SCARNET_INPUT_N0\")\" \"$(cat \"$SCARNET_INPUT_N1\")\" \"$(cat \"$SCARNET_INPUT_N2\")\" > $TMP_OUTPUT_DIR/o; set -- input/*; echo $# >> $TMP_OUTPUT_DIR/o") with
        {
            Inputs = [.. keys.Select((key, i) => new InputRule($"s3://{Inbox}/{key}", $"n{i}", Literal: true))],
        };

        var (run, outputs) = await Handle(spec, "lit-event");

        Assert.Null(run.Error);
        Assert.Equal(string.Concat(keys[..3].Select(key => key + "|")) + "5\n", outputs["o"]);
        Assert.Equal(keys.Select(key => $"s3://{Inbox}/{key}"), run.Inputs.Select(input => input.Url));
        Assert.All(run.Inputs, input => Assert.Matches("^[0-9a-f]{32}$", input.ETag));
        Assert.Equal(Encoding.UTF8.GetByteCount(keys[0]), run.Inputs[0].SizeBytes);
    }

    [Fact]
    public async Task TakesAKeyWithBracketsForItselfInAPatternToo()
    {
        await engine.Put("brackets/s[1].txt", "itself");
        await engine.Put("brackets/s1.txt", "the pattern's");

        var (_, outputs) = await Handle(engine.Function(ListAll) with { Inputs = [new($"s3://{Inbox}/brackets/s[1].txt")] }, "b-event");

        Assert.Equal("./b-event\n./s1.txt\n./s[1].txt\n", outputs["files"]);
    }

    [Fact(DisplayName = "funnel_prefix_sibling_leak of inputs")]
    public async Task TakesNoSiblingOfADirectory()
    {
        foreach (var key in (string[])["dir/data/a", "dir/data/sub/b", "dir/data2/c", "dir/data.txt", "dir/data", "dir/data/"])
        {
            await engine.Put(key, key);
        }

        var spec = engine.Function(ListAll + "; echo ${SCARNET_INPUT_DATA#$SCARNET_WORKSPACE} >> $TMP_OUTPUT_DIR/files") with
        {
            Inputs = [new($"s3://{Inbox}/dir/data/", "data")],
        };

        var (_, outputs) = await Handle(spec, "dir-event");

        Assert.Equal("./data/a\n./data/sub/b\n./dir-event\n/input/data\n", outputs["files"]);
    }

    [Fact]
    public async Task MatchesPatternsWithoutCrossingSlashes()
    {
        foreach (var key in (string[])["glob/r1/x.txt", "glob/r2/x.txt", "glob/r2/deep/x.txt", "glob/x.txt", "glob/r1/y.csv"])
        {
            await engine.Put(key, key);
        }

        var one = await Handle(engine.Function(ListAll) with { Inputs = [new($"s3://{Inbox}/glob/*/x.txt")] }, "g1");
        var any = await Handle(engine.Function(ListAll) with { Inputs = [new($"s3://{Inbox}/glob/**/x.txt", Path: "input/all/")] }, "g2");

        Assert.Equal("./g1\n./r1/x.txt\n./r2/x.txt\n", one.Outputs["files"]);
        Assert.Equal("./all/r1/x.txt\n./all/r2/deep/x.txt\n./all/r2/x.txt\n./all/x.txt\n./g2\n", any.Outputs["files"]);
    }

    [Fact]
    public async Task GoesThroughEveryPageOfAListing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 1001), async (i, _) => await engine.Put($"many/{i:0000}", "x"));

        var (run, outputs) = await Handle(
            engine.Function("ls input/many | wc -l > $TMP_OUTPUT_DIR/n") with { Inputs = [new($"s3://{Inbox}/many/")] }, "many-event");

        Assert.Equal(("1001\n", 1001), (outputs["n"], run.Inputs.Count));
    }

    [Fact]
    public async Task SaysWhichRequiredOneIsMissing()
    {
        var literal = await Handle(engine.Function("true") with { Inputs = [new($"s3://{Inbox}/absent/x")] }, "m1");
        var pattern = await Handle(engine.Function("true") with { Inputs = [new($"s3://{Inbox}/absent/*")] }, "m2");
        var prefix = await Handle(engine.Function("true") with { Inputs = [new($"s3://{Inbox}/absent/")] }, "m3");
        var bucket = await Handle(engine.Function("true") with { Inputs = [new("s3://no-such-bucket/x")] }, "m4");
        var local = await Handle(engine.Function("true") with { Inputs = [new("tools/x")] }, "m5");

        Assert.Equal((ExitCodes.InputMissing, "the input 's3://inbox/absent/x' is not there"), (literal.Run.ExitCode, literal.Run.Error));
        Assert.Equal((ExitCodes.InputMissing, "nothing matches the input 's3://inbox/absent/*'"), (pattern.Run.ExitCode, pattern.Run.Error));
        Assert.Equal((ExitCodes.InputMissing, "there is nothing below the input 's3://inbox/absent/'"), (prefix.Run.ExitCode, prefix.Run.Error));
        Assert.Equal((ExitCodes.InputMissing, "there is no bucket 'no-such-bucket'"), (bucket.Run.ExitCode, bucket.Run.Error));
        Assert.Equal((ExitCodes.InputMissing, "there is no 'tools/x' in the workspace"), (local.Run.ExitCode, local.Run.Error));
    }

    [Fact]
    public async Task DoesWithoutOptionalOnes()
    {
        using var web = new WebServer();
        var spec = engine.Function("echo \"[$SCARNET_INPUT_A$SCARNET_INPUT_B$SCARNET_INPUT_C$SCARNET_INPUT_D]\" > $TMP_OUTPUT_DIR/o") with
        {
            Inputs =
            [
                InputRule.Parse($"s3://{Inbox}/none/x?", "a"), InputRule.Parse($"s3://{Inbox}/none/*?", "b"),
                InputRule.Parse($"{web.Address}/none?", "c"), InputRule.Parse("none.txt?", "d"),
            ],
        };

        var (run, outputs) = await Handle(spec, "optional-event");

        Assert.Equal(("[]\n", 0, 0), (outputs["o"], run.Inputs.Count, run.ExitCode));
    }

    [Fact]
    public async Task FindsTheSidecarOfTheObject()
    {
        await engine.Put("side/2026/a.b[1].json", "mine");
        var spec = engine.Function("cat \"$SCARNET_INPUT_META\" > $TMP_OUTPUT_DIR/o") with
        {
            Inputs = [new("s3://{bucket}/{key_dir}{key_stem}.json", "meta")],
        };

        var (_, outputs) = await Handle(spec, "side/2026/a.b[1].txt");

        Assert.Equal("mine", outputs["o"]);
    }

    [Fact]
    public async Task RefusesTwoThatWouldBeOneFileBeforeItFetchesAny()
    {
        await engine.Put("one/x", "1");
        using var web = new WebServer();
        web.Add("/x", "2"u8.ToArray());

        var (run, _) = await Handle(engine.Function("true") with { Inputs = [new($"s3://{Inbox}/one/x"), new($"{web.Address}/x")] }, "c-event");
        var (own, _) = await Handle(engine.Function("true") with { Inputs = [new($"s3://{Inbox}/one/x")] }, "other/x");

        Assert.Equal(
            (ExitCodes.InputMissing, $"the inputs 's3://inbox/one/x' and '{web.Address}/x' would both become 'input/x': give one of them a 'path' of its own"),
            (run.ExitCode, run.Error));
        Assert.Contains("'s3://inbox/other/x' and 's3://inbox/one/x' would both become 'input/x'", own.Error, StringComparison.Ordinal);
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task FetchesFromTheWebAndTakesUpABrokenTransfer()
    {
        var content = RandomNumberGenerator.GetBytes(300_000);
        using var web = new WebServer();
        web.Add("/dir/a%20b.bin", content, breakAfterBytes: 100_000);
        var spec = engine.Function("sha256sum < \"$SCARNET_INPUT_FILE\" > $TMP_OUTPUT_DIR/sum; basename \"$SCARNET_INPUT_FILE\" >> $TMP_OUTPUT_DIR/sum") with
        {
            Inputs = [new($"{web.Address}/dir/a%20b.bin?token=secret", "file", Sha256: Convert.ToHexStringLower(SHA256.HashData(content)))],
        };

        var (run, outputs) = await Handle(spec, "web-event");

        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(content))}  -\na b.bin\n", outputs["sum"]);
        Assert.Equal(["GET /dir/a%20b.bin?token=secret HTTP/1.1", "GET /dir/a%20b.bin?token=secret HTTP/1.1 100000-"], web.Requests);
        var read = Assert.Single(run.Inputs);
        Assert.Equal(($"{web.Address}/dir/a%20b.bin", 300_000, "tag-of-300000"), (read.Url, read.SizeBytes, read.ETag));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AsksTheDiskForTheRestOfABrokenTransferOnly(bool fromWeb)
    {
        var content = RandomNumberGenerator.GetBytes(6 << 20);
        using var disk = await SmallDisk.Mount(8);
        using var web = new WebServer();
        using var proxy = new DamagingProxy(cut: true);
        web.Add("/large", content, breakAfterBytes: 4 << 20);
        await engine.S3.PutObjectAsync(new() { BucketName = Inbox, Key = "large/disk", InputStream = new MemoryStream(content) }, TestContext.Current.CancellationToken);
        var spec = engine.Function("wc -c < \"$SCARNET_INPUT_FILE\" > $TMP_OUTPUT_DIR/size") with
        {
            Inputs = [new(fromWeb ? $"{web.Address}/large" : $"s3://{Inbox}/large/disk", "file")],
        };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment, disk.Environment, fromWeb ? new Dictionary<string, string>() : proxy.Environment);

        var answer = await sandbox.Handle(Event(await engine.Put("disk-event", "x")));

        Assert.False(answer.Failed, answer.Error);
        Assert.Equal($"{content.Length}\n", (await engine.Outputs(spec))["size"]);
    }

    [Fact]
    public async Task RefusesContentOfAnotherDigest()
    {
        await engine.Put("digest/x", "tampered");

        var (run, _) = await Handle(
            engine.Function("true") with { Inputs = [new($"s3://{Inbox}/digest/x", Sha256: new string('0', 64))] }, "digest-event");

        Assert.Equal(ExitCodes.DownloadFailed, run.ExitCode);
        Assert.Contains($"and not {new string('0', 64)}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivesSeveralFilesToACommandAsSeveralWords()
    {
        await engine.Put("words/a b", "1");
        await engine.Put("words/c'd", "2");
        var commands = new CommandList(["cat {{ inputs.all }} > {{ output_dir }}/o", "test -z {{ inputs.none }}"], []);
        var spec = engine.Function(Encoding.UTF8.GetString(commands.Content())) with
        {
            Shell = [],
            Inputs = [new($"s3://{Inbox}/words/*", "all"), new($"s3://{Inbox}/wordless/*", "none", Optional: true)],
        };

        var (_, outputs) = await Handle(spec, "words-event");

        Assert.Equal("12", outputs["o"]);
    }

    private async Task<(RunRecord Run, IReadOnlyDictionary<string, string> Outputs)> Handle(JobSpec spec, string key)
    {
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        await sandbox.Handle(Event(await engine.Put(key, "event")));
        Assert.Empty(sandbox.Workspaces);
        return (Assert.Single(await engine.Runs(spec)), await engine.Outputs(spec));
    }
}
