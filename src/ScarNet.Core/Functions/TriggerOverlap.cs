namespace ScarNet.Core.Functions;

/// <summary>
/// S3's rule on notifications of one bucket: no key may be taken by two filters, whoever they belong to.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
/// </summary>
public static class TriggerOverlap
{
    /// <summary>A key that both filters take; null when there is none. Filters are decoded; an empty one takes everything.</summary>
    public static string? Witness(string prefix, string suffix, string otherPrefix, string otherSuffix)
    {
        var longerPrefix = Longer(prefix, otherPrefix);
        var longerSuffix = Longer(suffix, otherSuffix);
        var prefixesMeet = longerPrefix.StartsWith(prefix, StringComparison.Ordinal)
            && longerPrefix.StartsWith(otherPrefix, StringComparison.Ordinal);
        var suffixesMeet = longerSuffix.EndsWith(suffix, StringComparison.Ordinal)
            && longerSuffix.EndsWith(otherSuffix, StringComparison.Ordinal);
        return prefixesMeet && suffixesMeet ? longerPrefix + longerSuffix : null;
    }

    /// <summary>Whether an event of the one name can be an event of the other: <c>s3:ObjectCreated:*</c> covers <c>s3:ObjectCreated:Put</c>.</summary>
    public static bool EventsMeet(string name, string other) => name == other || Covers(name, other) || Covers(other, name);

    private static bool Covers(string pattern, string name) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal);

    private static string Longer(string a, string b) => a.Length >= b.Length ? a : b;
}
