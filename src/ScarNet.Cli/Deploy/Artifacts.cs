using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>Objects of the artifact bucket whose key ends in the SHA-256 of their content: there is nothing to compare but presence.</summary>
/// <param name="target">Where.</param>
/// <param name="listed">What is there, bucket by bucket, where it has been read at once; null asks for each object.</param>
internal sealed class Artifacts(Target target, IReadOnlyDictionary<string, IReadOnlySet<string>>? listed = null)
{
    /// <summary>Every key of artifacts in these buckets, a thousand in a call.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> List(Target target, IEnumerable<string> buckets, CancellationToken cancellation)
    {
        var found = new Dictionary<string, IReadOnlySet<string>>();
        foreach (var bucket in buckets)
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var prefix in ArtifactKeys.ContentAddressed)
            {
                var pages = target.Clients.S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix });
                await foreach (var item in pages.S3Objects.WithCancellation(cancellation))
                {
                    keys.Add(item.Key);
                }
            }

            found[bucket] = keys;
        }

        return found;
    }

    public async Task<Step> Plan(
        string resource, string bucket, string key, Func<Stream> content, Step bucketStep, string? function, CancellationToken cancellation)
    {
        var address = $"s3://{bucket}/{key}";
        return bucketStep.Kind == StepKind.Keep && await Exists(bucket, key, cancellation)
            ? new Step { Kind = StepKind.Keep, Resource = resource, Name = address, Function = function, Reason = "is there already" }
            : new Step
            {
                Kind = StepKind.Create,
                Resource = resource,
                Name = address,
                Function = function,
                Reason = "is not there yet",
                After = [bucketStep],
                Action = async (run, ct) =>
                {
                    // Its undoing is the bucket's: another pipeline may have found it there by then, and count on it.
                    run.Put.Add(bucket, key);
                    await Put(bucket, key, content, ct);
                },
            };
    }

    public Task<Step> Plan(
        Offload.Upload upload, string bucket, Step bucketStep, string function, CancellationToken cancellation) =>
        Plan("artifact", bucket, upload.Key, () => new MemoryStream(upload.Content.ToArray()), bucketStep, function, cancellation);

    private async Task<bool> Exists(string bucket, string key, CancellationToken cancellation)
    {
        if (listed?.GetValueOrDefault(bucket) is { } keys)
        {
            return keys.Contains(key);
        }

        try
        {
            await target.Clients.S3.GetObjectMetadataAsync(bucket, key, cancellation);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task Put(string bucket, string key, Func<Stream> content, CancellationToken cancellation)
    {
        await using var stream = content();
        await target.Clients.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = stream, AutoCloseStream = false }, cancellation);
    }
}
