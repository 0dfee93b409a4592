using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>Lists what a bucket holds.</summary>
internal sealed class PrefixListing(IAmazonS3 s3)
{
    /// <summary>
    /// The objects of a directory: those below <c>prefix/</c>, so that <c>data</c> never takes <c>data2/x</c>. Markers, whose keys end in
    /// '/', are left out.
    /// </summary>
    /// <exception cref="RunFailure">The bucket cannot be listed.</exception>
    public async Task<IReadOnlyList<ObjectEvent>> Directory(string bucket, string prefix, CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = DirectoryPrefix(prefix) };
        var found = new List<ObjectEvent>();
        try
        {
            do
            {
                var page = await s3.ListObjectsV2Async(request, cancellation);
                foreach (var entry in (page.S3Objects ?? []).Where(entry => !entry.Key.EndsWith('/')))
                {
                    found.Add(new() { Object = new(bucket, entry.Key), ETag = entry.ETag?.Trim('"'), Size = entry.Size });
                }

                request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
            }
            while (request.ContinuationToken is not null);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            throw new RunFailure(ExitCodes.InputMissing, $"there is no bucket '{bucket}'", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'s3://{bucket}/{request.Prefix}' cannot be listed: {e.Message}", e);
        }

        return found;
    }

    /// <summary>The prefix of a directory: empty, or with a '/' at its end.</summary>
    internal static string DirectoryPrefix(string prefix) => prefix.Length == 0 || prefix.EndsWith('/') ? prefix : prefix + "/";
}
