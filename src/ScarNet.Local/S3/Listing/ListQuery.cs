using System.Text;

namespace ScarNet.Local.S3.Listing;

/// <summary>What is to be listed of a bucket.</summary>
/// <param name="Prefix">Of the keys.</param>
/// <param name="Delimiter">Keys with the same text up to it are rolled into one common prefix; empty for none.</param>
/// <param name="From">First key that counts.</param>
/// <param name="Skip">A common prefix that an earlier page has shown; empty for none.</param>
/// <param name="Most">Keys and common prefixes of the page.</param>
internal sealed record ListQuery(byte[] Prefix, byte[] Delimiter, byte[] From, byte[] Skip, int Most)
{
    /// <param name="request">With prefix, delimiter and max-keys.</param>
    /// <param name="marker">The last key or common prefix of the page before; null or empty for the first page.</param>
    public static ListQuery Of(S3Request request, string? marker)
    {
        var prefix = Encoding.UTF8.GetBytes(request.Query["prefix"] ?? "");
        var delimiter = Encoding.UTF8.GetBytes(request.Query["delimiter"] ?? "");
        var last = Encoding.UTF8.GetBytes(marker ?? "");
        var from = last.Length == 0 ? prefix : KeyBytes.Max(prefix, KeyBytes.After(last));
        return new ListQuery(prefix, delimiter, from, last, request.Number("max-keys", 1000, 1000));
    }

    public bool Covers(ReadOnlySpan<byte> key) => key.StartsWith(Prefix);
}
