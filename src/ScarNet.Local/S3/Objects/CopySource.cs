using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Objects;

/// <summary>The object that x-amz-copy-source names.</summary>
/// <param name="Bucket">Of the source.</param>
/// <param name="Key">Decoded.</param>
/// <param name="VersionId">Null for the current version.</param>
internal sealed record CopySource(string Bucket, string Key, string? VersionId)
{
    private const string Version = "?versionId=";

    /// <param name="header"><c>[/]bucket/key[?versionId=id]</c>, percent-encoded.</param>
    /// <exception cref="ApiException">InvalidArgument.</exception>
    public static CopySource Parse(string header)
    {
        var text = header.StartsWith('/') ? header[1..] : header;
        var at = text.IndexOf(Version, StringComparison.Ordinal);
        var version = at < 0 ? null : UriText.Decode(text.AsSpan(at + Version.Length), plusIsSpace: false);
        var path = UriText.Decode(at < 0 ? text : text.AsSpan(0, at), plusIsSpace: false);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1)
        {
            throw S3Errors.Invalid(
                "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source", header);
        }

        return new CopySource(path[..slash], path[(slash + 1)..], version);
    }
}
