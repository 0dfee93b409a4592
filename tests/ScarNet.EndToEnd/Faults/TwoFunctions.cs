using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.EndToEnd.Faults;

/// <summary>
/// in/ → upper → mid/ → reverse → out/. Each script also leaves a line in a file outside of its workspace as the last thing it does,
/// so that a run that came to its end is seen even where its outputs hide it.
/// </summary>
internal sealed class TwoFunctions(KillableEngine engine, string directory, string secondMode)
{
    public const int Objects = 500;
    private const string Bucket = "faults";
    private static readonly TimeSpan LongestProgress = TimeSpan.FromMinutes(5);
    private static readonly string[] Functions = ["fault-upper", "fault-reverse"];

    private string Effects => Path.Join(directory, "effects");

    /// <summary>Deploys both functions on a versioned bucket, where nothing that was written twice can hide.</summary>
    public async Task Deploy()
    {
        var file = Path.Join(directory, "faults.yaml");
        await File.WriteAllTextAsync(file, FunctionFile(), TestContext.Current.CancellationToken);
        await engine.Local("init", "-f", file);
        await engine.Clients.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = Bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    /// <summary>Puts every object once: what was not acknowledged is put again, unless it is there.</summary>
    public Task PutAll() => Parallel.ForAsync(
        0,
        Objects,
        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
        async (i, cancellation) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(LongestProgress);
            while (!await TryPut(i, limit.Token))
            {
                await Task.Delay(50, limit.Token);
            }
        });

    /// <summary>Waits until so many objects have come out at the end.</summary>
    public async Task Reach(int objects)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestProgress);
        while ((await Versions("out/")).Count < objects)
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Waits until nothing is pending and expects every input to have had its effect, exactly.</summary>
    /// <param name="interrupted">The most runs that may have been cut off between their script's end and their claim's.</param>
    public async Task ExpectEverythingOnce(int interrupted)
    {
        await engine.Local("wait", "--timeout", "5m");

        await ExpectVersions("mid/", i => Upper(i));
        await ExpectVersions("out/", i => new string([.. Upper(i).Reverse()]));
        Assert.Empty(await Versions("failed/"));
        foreach (var function in Functions)
        {
            await ExpectRecords(function);
        }

        var effects = await File.ReadAllLinesAsync(Effects, TestContext.Current.CancellationToken);
        Assert.Equal(Functions.Length * Objects, effects.Distinct().Count());
        Assert.InRange(effects.Length, Functions.Length * Objects, (Functions.Length * Objects) + interrupted);
    }

    private static string Name(int i) => $"object-{i:000}.txt";

    private static string Content(int i) => $"this is object {i}";

    private static string Upper(int i) => Content(i).ToUpperInvariant();

    private async Task<bool> TryPut(int i, CancellationToken cancellation)
    {
        try
        {
            await engine.Clients.S3.PutObjectAsync(
                new PutObjectRequest { BucketName = Bucket, Key = $"in/{Name(i)}", ContentBody = Content(i), IfNoneMatch = "*" }, cancellation);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return true; // stored, but the engine died before it could say so
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException)
        {
            return false; // no engine at the moment
        }
    }

    private async Task ExpectVersions(string prefix, Func<int, string> content)
    {
        var versions = await Versions(prefix);
        Assert.Equal(Enumerable.Range(0, Objects).Select(i => prefix + Name(i)), versions);
        await Parallel.ForAsync(0, Objects, TestContext.Current.CancellationToken, async (i, cancellation) =>
        {
            using var answer = await engine.Clients.S3.GetObjectAsync(Bucket, prefix + Name(i), cancellation);
            using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
            Assert.Equal(content(i), await reader.ReadToEndAsync(cancellation));
        });
    }

    /// <summary>Every version and delete marker below a prefix, by key.</summary>
    private async Task<IReadOnlyList<string>> Versions(string prefix)
    {
        var keys = new List<string>();
        var request = new ListVersionsRequest { BucketName = Bucket, Prefix = prefix };
        ListVersionsResponse page;
        do
        {
            page = await engine.Clients.S3.ListVersionsAsync(request, TestContext.Current.CancellationToken);
            keys.AddRange((page.Versions ?? []).Select(v => v.Key));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
        return keys;
    }

    private async Task ExpectRecords(string function)
    {
        var artifacts = ArtifactKeys.Bucket("000000000000", "us-east-1");
        var sources = new List<string>();
        var pages = engine.Clients.S3.Paginators.ListObjectsV2(
            new ListObjectsV2Request { BucketName = artifacts, Prefix = ArtifactKeys.Runs(function) });
        await foreach (var record in pages.S3Objects.WithCancellation(TestContext.Current.CancellationToken))
        {
            using var answer = await engine.Clients.S3.GetObjectAsync(artifacts, record.Key, TestContext.Current.CancellationToken);
            var run = await JsonSerializer.DeserializeAsync(answer.ResponseStream, Json.Default.RunRecord, TestContext.Current.CancellationToken);
            Assert.Equal((RunStatus.Succeeded, (int?)0), (run!.Status, run.ExitCode));
            sources.Add(run.Source!.Object.FileName);
        }

        Assert.Equal(Enumerable.Range(0, Objects).Select(Name), sources.Order(StringComparer.Ordinal));
    }

    // A job is tried again at once, so that on a slow machine the same one may be killed several times: as many retries as there are.
    private string FunctionFile() => $$"""
        functions:
          fault-upper:
            commands:
              - tr a-z A-Z <"$INPUT_FILE_PATH" >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"
              - echo "$SCARNET_FUNCTION $STORAGE_OBJECT_KEY" >>{{Effects}}
            input: [{path: {{Bucket}}/in}]
            output: [{path: {{Bucket}}/mid}]
          fault-reverse:
            execution_mode: {{secondMode}}
            retries: {{(secondMode == "batch" ? 9 : 2)}}
            commands:
              - rev <"$INPUT_FILE_PATH" | tr -d '\n' >"$TMP_OUTPUT_DIR/$(basename "$INPUT_FILE_PATH")"
              - echo "$SCARNET_FUNCTION $STORAGE_OBJECT_KEY" >>{{Effects}}
            input: [{path: {{Bucket}}/mid}]
            output: [{path: {{Bucket}}/out}]
        """;
}
