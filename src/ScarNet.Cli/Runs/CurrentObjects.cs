using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Events;

namespace ScarNet.Cli.Runs;

/// <summary>Lists what is in a bucket now, each object with what pins its content: the version where the bucket keeps them, and the ETag.</summary>
internal sealed class CurrentObjects(IAmazonS3 s3)
{
    // The version of what was there before the bucket kept versions: it says nothing.
    private const string NoVersion = "null";

    public async IAsyncEnumerable<ObjectEvent> Below(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await KeepsVersions(bucket, cancellation))
        {
            var versions = s3.Paginators.ListVersions(new ListVersionsRequest { BucketName = bucket, Prefix = prefix }).Versions;
            await foreach (var found in versions.WithCancellation(cancellation))
            {
                if (found is { IsLatest: true, IsDeleteMarker: not true })
                {
                    yield return new()
                    {
                        Object = new(bucket, found.Key),
                        Size = found.Size,
                        ETag = found.ETag?.Trim('"'),
                        VersionId = found.VersionId == NoVersion ? null : found.VersionId,
                    };
                }
            }

            yield break;
        }

        var objects = s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix }).S3Objects;
        await foreach (var found in objects.WithCancellation(cancellation))
        {
            yield return new() { Object = new(bucket, found.Key), Size = found.Size, ETag = found.ETag?.Trim('"') };
        }
    }

    // Who may not know has the ETag, as where there are no versions.
    private async Task<bool> KeepsVersions(string bucket, CancellationToken cancellation)
    {
        try
        {
            var versioning = await s3.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket }, cancellation);
            return versioning.VersioningConfig?.Status is { } status && (status == VersionStatus.Enabled || status == VersionStatus.Suspended);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return false;
        }
    }
}
