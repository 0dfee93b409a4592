using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>What every output object says of where it came from.</summary>
public static class ObjectMetadata
{
    /// <summary>The invocation that wrote the object.</summary>
    public const string Run = "scarnet-run";

    /// <summary>The object it was made from: see <see cref="SourceOf"/>.</summary>
    public const string Source = "scarnet-source";

    /// <summary>How many functions its content has passed through.</summary>
    public const string Hops = "scarnet-hops";

    // S3 takes 2 KB of metadata in all; a key of 1,024 bytes may need three times as many when escaped.
    private const int LongestSource = 1536;

    private const string Digest = "sha256:";

    /// <summary><c>s3://bucket/key</c>, escaped to ASCII as RFC 3986 says; <c>sha256:</c> and the digest of that when it is too long.</summary>
    public static string SourceOf(ObjectPath source)
    {
        var escaped = $"s3://{source.Bucket}/{string.Join('/', source.Key.Split('/').Select(Uri.EscapeDataString))}";
        return escaped.Length <= LongestSource ? escaped : Shortened(escaped);
    }

    /// <summary>The digest that stands for a source where there is no room for it.</summary>
    public static string Shortened(string source) => source.StartsWith(Digest, StringComparison.Ordinal)
        ? source
        : Digest + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));

    /// <summary>Whether a source has room beside so many bytes of other metadata, names included.</summary>
    public static bool Fits(string source, int otherBytes) => source.Length + otherBytes <= LongestSource;

    /// <summary>The hops an object has behind it: 0 when it does not say.</summary>
    public static int HopsOf(string? metadata) =>
        int.TryParse(metadata, NumberStyles.None, CultureInfo.InvariantCulture, out var hops) ? hops : 0;

    /// <summary>Why a function may not work on an object that has come this far; null when it may.</summary>
    public static string? HopProblem(int hops, int maxHops) => hops < maxHops
        ? null
        : $"the object has passed through {hops} functions, and max_hops is {maxHops}: the pipeline goes round, or max_hops is too low";
}
