using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Runs;

/// <summary>Reads what invocations did from the artifact bucket.</summary>
internal sealed class RunRecords(IAmazonS3 s3, string artifactBucket)
{
    private const int AtOnce = 16;

    /// <summary>All records of a function, in the order of their start.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="since">Records written before are left out; null takes all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<RunRecord>> Of(string function, DateTimeOffset? since, CancellationToken cancellation)
    {
        var keys = new List<string>();
        var pages = s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = artifactBucket, Prefix = ArtifactKeys.Runs(function) });
        await foreach (var found in pages.S3Objects.WithCancellation(cancellation))
        {
            if (since is null || found.LastModified is not { } written || written.ToUniversalTime() >= since.Value.UtcDateTime)
            {
                keys.Add(found.Key);
            }
        }

        var records = new List<RunRecord>();
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (key, ct) =>
            {
                var record = await Read(key, ct);
                lock (records)
                {
                    records.Add(record);
                }
            });
        return [.. records.OrderBy(record => record.Started)];
    }

    private async Task<RunRecord> Read(string key, CancellationToken cancellation)
    {
        using var response = await s3.GetObjectAsync(artifactBucket, key, cancellation);
        return await JsonSerializer.DeserializeAsync(response.ResponseStream, Json.Default.RunRecord, cancellation)
            ?? throw new ScarException($"'s3://{artifactBucket}/{key}' is no run record");
    }
}
