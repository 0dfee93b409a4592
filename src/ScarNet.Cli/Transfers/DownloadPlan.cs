using Amazon.S3;
using Amazon.S3.Model;

namespace ScarNet.Cli.Transfers;

/// <summary>Which objects are meant, and which file each becomes.</summary>
internal static class DownloadPlan
{
    /// <summary>
    /// The object of that key, or every object under it as a folder. Folder markers are left out. Paths are relative to the folder.
    /// </summary>
    /// <param name="s3">Where to look.</param>
    /// <param name="wanted">A key or a prefix.</param>
    /// <param name="wholeKeys">Whether paths are whole keys, or what follows the prefix.</param>
    /// <param name="cancellation">Ends the listing.</param>
    public static async Task<IReadOnlyList<Download>> Of(IAmazonS3 s3, S3Address wanted, bool wholeKeys, CancellationToken cancellation)
    {
        var downloads = new List<Download>();
        var pages = s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = wanted.Bucket, Prefix = wanted.Key });
        await foreach (var found in pages.S3Objects.WithCancellation(cancellation))
        {
            if (RelativeKey(found.Key, wanted.Key) is { } relative && !found.Key.EndsWith('/'))
            {
                var path = LocalPath.Of(wholeKeys ? found.Key : relative, out var refusal);
                downloads.Add(new(wanted with { Key = found.Key }, path, found.Size ?? 0, refusal));
            }
        }

        return downloads;
    }

    /// <summary>The key below a prefix; null when it only begins with the same letters (<c>out</c> does not mean <c>outer/</c>).</summary>
    public static string? RelativeKey(string key, string prefix) =>
        prefix.Length == 0 || (prefix.EndsWith('/') && key.StartsWith(prefix, StringComparison.Ordinal)) ? key[prefix.Length..]
        : key == prefix ? key[(key.LastIndexOf('/') + 1)..]
        : key.StartsWith(prefix + "/", StringComparison.Ordinal) ? key[(prefix.Length + 1)..]
        : null;
}
