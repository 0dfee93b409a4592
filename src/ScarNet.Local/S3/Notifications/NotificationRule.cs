using System.Net;

namespace ScarNet.Local.S3.Notifications;

/// <summary>One entry of a bucket's notification configuration.</summary>
/// <param name="Id">Given by the user or by S3.</param>
/// <param name="Kind">What the ARN names.</param>
/// <param name="Arn">Of the destination.</param>
/// <param name="Events">Such as s3:ObjectCreated:*.</param>
/// <param name="Filter">The filter rules as they were given, in order: prefix or suffix and its URL-encoded value; null when there is no filter.</param>
internal sealed record NotificationRule(
    string Id, DestinationKind Kind, string Arn, IReadOnlyList<string> Events, IReadOnlyList<(string Name, string Value)>? Filter)
{
    /// <summary>Decoded; empty matches all.</summary>
    public string Prefix { get; } = Decoded(Filter, "prefix");

    /// <summary>Decoded; empty matches all.</summary>
    public string Suffix { get; } = Decoded(Filter, "suffix");

    /// <param name="eventName">Without <c>s3:</c>, such as ObjectCreated:Put.</param>
    /// <param name="key">Decoded.</param>
    public bool Matches(string eventName, string key) =>
        Events.Any(e => Covers(e, eventName))
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Whether an object could match both: their events meet, a prefix begins with the other and a suffix ends with the other.</summary>
    public bool Overlaps(NotificationRule other) =>
        Events.Any(mine => other.Events.Any(theirs => mine == theirs || Contains(mine, theirs) || Contains(theirs, mine)))
        && (Prefix.StartsWith(other.Prefix, StringComparison.Ordinal) || other.Prefix.StartsWith(Prefix, StringComparison.Ordinal))
        && (Suffix.EndsWith(other.Suffix, StringComparison.Ordinal) || other.Suffix.EndsWith(Suffix, StringComparison.Ordinal));

    private static bool Covers(string pattern, string eventName) =>
        pattern.EndsWith(":*", StringComparison.Ordinal)
            ? eventName.AsSpan().StartsWith(pattern.AsSpan(3..^1), StringComparison.Ordinal)
            : eventName.AsSpan().SequenceEqual(pattern.AsSpan(3));

    private static bool Contains(string pattern, string other) =>
        pattern.EndsWith(":*", StringComparison.Ordinal) && other.StartsWith(pattern[..^1], StringComparison.Ordinal);

    private static string Decoded(IReadOnlyList<(string Name, string Value)>? filter, string name)
    {
        foreach (var rule in filter ?? [])
        {
            if (rule.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return WebUtility.UrlDecode(rule.Value);
            }
        }

        return "";
    }
}
