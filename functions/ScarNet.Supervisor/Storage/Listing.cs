using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>Lists what lies below a prefix.</summary>
internal sealed class Listing(IAmazonS3 s3)
{
    /// <summary>Every object whose key begins with the prefix, in the order of keys; the empty ones that stand for a folder left out.</summary>
    /// <exception cref="RunFailure">The bucket is not there, or cannot be listed.</exception>
    public async IAsyncEnumerable<ObjectEvent> Below(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        do
        {
            var page = await Page(request, cancellation);
            foreach (var entry in page.S3Objects ?? [])
            {
                if (!entry.Key.EndsWith('/'))
                {
                    yield return new ObjectEvent { Object = new(bucket, entry.Key), ETag = entry.ETag?.Trim('"'), Size = entry.Size };
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>The prefix of a directory: empty, or with a '/' at its end, so that 'data' never takes 'data2/x'.</summary>
    public static string DirectoryPrefix(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";

    private async Task<ListObjectsV2Response> Page(ListObjectsV2Request request, CancellationToken cancellation)
    {
        try
        {
            return await s3.ListObjectsV2Async(request, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new RunFailure(ExitCodes.InputMissing, $"there is no bucket '{request.BucketName}'", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'s3://{request.BucketName}/{request.Prefix}' cannot be listed: {e.Message}", e);
        }
    }
}
