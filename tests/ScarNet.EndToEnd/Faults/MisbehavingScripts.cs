using System.Text.Json;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

/// <summary>Scripts that go wrong in every way beside scripts that do not, on the same function, at the same time.</summary>
public sealed class MisbehavingScripts : IAsyncDisposable
{
    private const string Bucket = "misbehaving";

    private const string Script = """
        #!/bin/bash
        case $(basename "$INPUT_FILE_PATH") in
          fails) echo partial >"$TMP_OUTPUT_DIR/partial"; exit 3 ;;
          hangs) trap '' TERM; sleep 27182 ;;
          forks) sleep 31415 & ( trap '' HUP TERM; setsid sleep 31415 ) & exit 0 ;;
          fills-the-disk) head -c 100M /dev/zero >"$TMP_OUTPUT_DIR/big" ;;
          writes-a-gigabyte) head -c 1G /dev/zero ;;
          prints-bytes) printf '\377\376\200 and \303\050\n' ;;
          *) cp "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR" ;;
        esac
        """;

    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public MisbehavingScripts() => engine = new KillableEngine(directory.Under("data"));

    [Fact]
    public async Task AreReportedForWhatTheyAreAndTheOthersGoOn()
    {
        await using var disk = await SmallDisk.Mount(mebibytes: 24);
        await Deploy(disk.Path);
        string[] good = ["good-1", "good-2", "good-3", "good-4"];
        string[] fine = ["forks", "writes-a-gigabyte", "prints-bytes"];
        foreach (var name in (string[])["good-1", "fails", "hangs", "forks", "good-2", "fills-the-disk", "writes-a-gigabyte", "prints-bytes", "good-3", "good-4"])
        {
            await engine.Clients.S3.PutObjectAsync(
                new PutObjectRequest { BucketName = Bucket, Key = $"in/{name}", ContentBody = name }, TestContext.Current.CancellationToken);
        }

        var waited = await engine.TryLocal("wait", "--timeout", "4m");

        Assert.Equal(1, waited.ExitCode);
        var runs = await Records();
        Assert.All([.. good, .. fine], name => Assert.Equal((RunStatus.Succeeded, 0), (runs[name].Status, runs[name].ExitCode)));
        Assert.Equal((RunStatus.Failed, 3), (runs["fails"].Status, runs["fails"].ExitCode));
        Assert.Equal(RunStatus.Failed, runs["hangs"].Status);
        Assert.Contains("deadline", runs["hangs"].Error, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, runs["fills-the-disk"].Status);
        Assert.Contains("disk", runs["fills-the-disk"].Error, StringComparison.Ordinal);
        Assert.Equal(good, await Keys("out/"));
        Assert.Contains("partial", await Keys("failed/"));
        Assert.Empty(Sleeping("31415"));
        Assert.Empty(Sleeping("27182"));
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }

    private async Task Deploy(string temporary)
    {
        await engine.Start();
        await File.WriteAllTextAsync(directory.Under("misbehave.sh"), Script, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(directory.Under("misbehaving.yaml"), $$"""
            functions:
              misbehaving:
                init_script: misbehave.sh
                timeout: 45
                timeout_threshold: 5
                retries: 0
                lambda_environment:
                  TMPDIR: {{temporary}}
                input: [{path: {{Bucket}}/in}]
                output: [{path: {{Bucket}}/out}]
            """, TestContext.Current.CancellationToken);
        await engine.Local("init", "-f", directory.Under("misbehaving.yaml"));
    }

    private async Task<IReadOnlyDictionary<string, RunRecord>> Records()
    {
        var artifacts = ArtifactKeys.Bucket("000000000000", "us-east-1");
        var page = await engine.Clients.S3.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = artifacts, Prefix = ArtifactKeys.Runs("misbehaving") });
        var records = new List<RunRecord>();
        foreach (var item in page.S3Objects)
        {
            using var answer = await engine.Clients.S3.GetObjectAsync(artifacts, item.Key);
            records.Add((await JsonSerializer.DeserializeAsync(answer.ResponseStream, Json.Default.RunRecord))!);
        }

        return records.ToDictionary(record => record.Source!.Object.FileName);
    }

    private async Task<IReadOnlyList<string>> Keys(string prefix)
    {
        var page = await engine.Clients.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix });
        return [.. (page.S3Objects ?? []).Select(item => item.Key[(item.Key.LastIndexOf('/') + 1)..])];
    }

    private static IEnumerable<string> Sleeping(string seconds) => Directory.EnumerateDirectories("/proc").Where(process =>
    {
        try
        {
            return File.ReadAllText(Path.Join(process, "cmdline")) == string.Join('\0', "sleep", seconds, "");
        }
        catch (IOException)
        {
            return false; // no process, or it ended meanwhile
        }
    });
}
