using ScarNet.Core.Events;

namespace ScarNet.Core.Tasks;

/// <summary>Where a file of a task comes from or goes to.</summary>
public abstract record TesUrl
{
    /// <summary>A key of a bucket, as it is written: nothing in it is percent-decoded. Empty is the whole bucket.</summary>
    public sealed record S3(ObjectPath Object) : TesUrl;

    public sealed record Web(Uri Address) : TesUrl;

    /// <summary>An absolute path of this machine.</summary>
    public sealed record Local(string Path) : TesUrl;

    /// <summary>Null when it is none that can be read or written here.</summary>
    public static TesUrl? Parse(string url)
    {
        const string s3 = "s3://";
        const string file = "file://";
        if (url.StartsWith(s3, StringComparison.OrdinalIgnoreCase))
        {
            var rest = url[s3.Length..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            var bucket = slash < 0 ? rest : rest[..slash];
            return bucket.Length == 0 ? null : new S3(new(bucket, slash < 0 ? "" : rest[(slash + 1)..]));
        }

        if (url.StartsWith(file, StringComparison.OrdinalIgnoreCase) || url.StartsWith('/'))
        {
            var path = url.StartsWith('/') ? url : Uri.UnescapeDataString(url[file.Length..]);
            return path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) ? new Local(path) : null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? new Web(address) : null;
    }
}
