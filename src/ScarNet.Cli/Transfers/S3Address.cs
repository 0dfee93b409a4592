using ScarNet.Core;

namespace ScarNet.Cli.Transfers;

/// <summary>A place in S3 as a person types it: <c>s3://bucket/prefix/</c>, or SCAR's <c>bucket/prefix</c>.</summary>
/// <param name="Bucket">Never empty.</param>
/// <param name="Key">Key or prefix; may be empty. Taken as it stands: no decoding.</param>
internal sealed record S3Address(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>Whether the text claims to be one.</summary>
    public static bool Looks(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ScarException">It has another scheme or no bucket.</exception>
    public static S3Address Parse(string text)
    {
        if (!Looks(text))
        {
            throw new ScarException($"'{text}' is no S3 address", "s3://BUCKET/PREFIX/");
        }

        return Split(text[Scheme.Length..], text);
    }

    /// <summary><c>bucket/prefix</c>, with or without <c>s3://</c>. The prefix ends in '/', as SCAR's folders do.</summary>
    public static S3Address ParseFolder(string text)
    {
        var address = Split(Looks(text) ? text[Scheme.Length..] : text, text);
        return address.Key.Length == 0 || address.Key.EndsWith('/') ? address : address with { Key = address.Key + "/" };
    }

    public override string ToString() => $"{Scheme}{Bucket}/{Key}";

    private static S3Address Split(string path, string text)
    {
        var slash = path.IndexOf('/');
        var bucket = slash < 0 ? path : path[..slash];
        return bucket.Length == 0
            ? throw new ScarException($"'{text}' names no bucket", "s3://BUCKET/PREFIX/")
            : new S3Address(bucket, slash < 0 ? "" : path[(slash + 1)..]);
    }
}
