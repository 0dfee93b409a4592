using System.Security.Cryptography;
using System.Text;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

public sealed class KeepingReferences(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private const string Read = "cat \"$SCARNET_INPUT_GENOME\" > $TMP_OUTPUT_DIR/o";

    [Fact]
    public async Task FetchesEachOnceForAllSupervisorsOfTheMachine()
    {
        using var cache = new TemporaryDirectory();
        using var web = new WebServer();
        web.Add("/genome", RandomNumberGenerator.GetBytes(3_000_000));
        var spec = Function(web.Address + "/genome", cache, "wc -c < \"$SCARNET_INPUT_GENOME\" > $TMP_OUTPUT_DIR/o");
        await using var one = Sandbox.Start(spec, engine.ClientEnvironment);
        await using var other = Sandbox.Start(spec, engine.ClientEnvironment);

        var records = await Task.WhenAll(engine.Put("refs/a", "a"), engine.Put("refs/b", "b"));
        var answers = await Task.WhenAll(one.Handle(Event(records[0])), other.Handle(Event(records[1])));

        Assert.All(answers, answer => Assert.Equal("succeeded", answer.Status));
        Assert.Single(web.Requests, request => request.StartsWith("GET", StringComparison.Ordinal));
        var runs = await engine.Runs(spec);
        Assert.Equal([false, true], runs.Select(run => Assert.Single(run.Inputs).IsFromCache).Order());
        Assert.Equal("3000000\n", (await engine.Outputs(spec))["o"]);
    }

    [Fact]
    public async Task AsksNobodyWhenTheDigestIsGiven()
    {
        using var cache = new TemporaryDirectory();
        using var web = new WebServer();
        web.Add("/genome", "ACGT"u8.ToArray());
        var spec = Function(web.Address + "/genome", cache, Read, Convert.ToHexStringLower(SHA256.HashData("ACGT"u8)));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("digest/a", "a")));
        await sandbox.Handle(Event(await engine.Put("digest/b", "b")));

        Assert.Equal("ACGT", (await engine.Outputs(spec))["o"]);
        Assert.Single(web.Requests);
    }

    [Fact]
    public async Task KeepsNothingOfAnotherDigest()
    {
        using var cache = new TemporaryDirectory();
        await engine.Put("genomes/bad", "ACGT");
        var spec = Function($"s3://{Inbox}/genomes/bad", cache, Read, new string('0', 64));
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("bad/a", "a")));

        Assert.Equal(ExitCodes.DownloadFailed, Assert.Single(await engine.Runs(spec)).ExitCode);
        Assert.Empty(Directory.GetFiles(cache.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task FetchesAnotherVersionAnew()
    {
        using var cache = new TemporaryDirectory();
        await engine.Put("genomes/g", "old");
        var spec = Function($"s3://{Inbox}/genomes/g", cache, Read);
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("version/a", "a")));
        var first = (await engine.Outputs(spec))["o"];
        await engine.Put("genomes/g", "new");
        await sandbox.Handle(Event(await engine.Put("version/a", "again")));

        Assert.Equal(("old", "new"), (first, (await engine.Outputs(spec))["o"]));
    }

    [Fact(DisplayName = "bclaw_reference_modified")]
    public async Task SurvivesAJobThatWritesToIt()
    {
        using var cache = new TemporaryDirectory();
        await engine.Put("genomes/shared", "shared");
        var url = $"s3://{Inbox}/genomes/shared";
        var vandal = Function(url, cache, "echo evil >> \"$SCARNET_INPUT_GENOME\"; rm -f \"$SCARNET_INPUT_GENOME\"; true");
        var reader = Function(url, cache, Read);
        await using var first = Sandbox.Start(vandal, engine.ClientEnvironment);
        await using var second = Sandbox.Start(reader, engine.ClientEnvironment);

        await first.Handle(Event(await engine.Put("vandal/a", "a")));
        await second.Handle(Event(await engine.Put("vandal/b", "b")));
        var untouched = (await engine.Outputs(reader))["o"];
        var content = Assert.Single(Directory.GetFiles(cache.FullName, "content", SearchOption.AllDirectories));
        File.SetUnixFileMode(content, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(content, "hacked");
        await second.Handle(Event(await engine.Put("vandal/c", "c")));

        Assert.Equal(("shared", "shared"), (untouched, (await engine.Outputs(reader))["o"]));
        var runs = (await engine.Runs(reader)).OrderBy(run => run.Started).Select(run => run.Inputs[0].IsFromCache);
        Assert.Equal([true, false], runs);
    }

    [Fact]
    public async Task MakesRoomWithTheLongestUnusedOnes()
    {
        const int bytes = 3 << 20;
        using var disk = await SmallDisk.Mount(10);
        foreach (var name in (string[])["one", "two", "three"])
        {
            await engine.S3.PutObjectAsync(new() { BucketName = Inbox, Key = "genomes/" + name, InputStream = new MemoryStream(new byte[bytes]) });
        }

        var functions = ((string[])["one", "two", "three"]).ToDictionary(name => name, name => engine.Function("true") with
        {
            References = [new InputRule($"s3://{Inbox}/genomes/{name}", "genome")],
            ReferenceCache = disk.FullName,
        });
        foreach (var name in (string[])["one", "two", "one", "three", "one", "two"])
        {
            await using var sandbox = Sandbox.Start(functions[name], engine.ClientEnvironment);
            Assert.Equal("succeeded", (await sandbox.Handle(Event(await engine.Put("room/a", Guid.NewGuid().ToString())))).Status);
        }

        // There is room for two of them and the tenth that stays free: 'three' had to take the place of 'two', not of 'one'.
        Assert.Equal([false, true, true], await FromCache("one"));
        Assert.Equal([false, false], await FromCache("two"));

        async Task<IEnumerable<bool>> FromCache(string name) =>
            (await engine.Runs(functions[name])).OrderBy(run => run.Started).Select(run => Assert.Single(run.Inputs).IsFromCache);
    }

    [Fact]
    public async Task SaysWhichOneIsMissing()
    {
        using var cache = new TemporaryDirectory();
        var missing = Function($"s3://{Inbox}/genomes/none", cache, Read);
        var optional = missing with { Function = missing.Function + "o", References = [missing.References[0] with { Optional = true }] };
        await using var strict = Sandbox.Start(missing, engine.ClientEnvironment);
        await using var lax = Sandbox.Start(optional with { Script = engine.Function("true").Script }, engine.ClientEnvironment);

        await strict.Handle(Event(await engine.Put("none/a", "a")));
        var answer = await lax.Handle(Event(await engine.Put("none/b", "b")));

        var run = Assert.Single(await engine.Runs(missing));
        Assert.Equal((ExitCodes.InputMissing, "the input 's3://inbox/genomes/none' is not there"), (run.ExitCode, run.Error));
        Assert.Equal("succeeded", answer.Status);
    }

    private JobSpec Function(string url, TemporaryDirectory cache, string script, string? sha256 = null) => engine.Function(script) with
    {
        References = [new InputRule(url, "genome", Sha256: sha256)],
        ReferenceCache = cache.FullName,
        Overwrite = true,
    };
}
