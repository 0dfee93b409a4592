namespace ScarNet.Core.Functions;

/// <summary>One entry of a bucket's notification configuration. (Its EventBridge switch is none: it can collide with nothing.)</summary>
/// <param name="Target">What is called.</param>
/// <param name="Id">Unique in the bucket; null when S3 is to make one up.</param>
/// <param name="Destination">ARN of what is called.</param>
/// <param name="Events">Names such as <c>s3:ObjectCreated:*</c>.</param>
/// <param name="Prefix">Decoded; empty takes everything.</param>
/// <param name="Suffix">Decoded; empty takes everything.</param>
public sealed record NotificationEntry(
    NotificationTarget Target, string? Id, string Destination, IReadOnlyList<string> Events, string Prefix, string Suffix)
{
    /// <summary>What ScarNet subscribes to.</summary>
    public const string ObjectCreated = "s3:ObjectCreated:*";

    private const string OwnPrefix = "scarnet:";

    /// <summary>The function that ScarNet made the entry for; null when somebody else made it.</summary>
    public string? Function =>
        Id is not null && Id.StartsWith(OwnPrefix, StringComparison.Ordinal) && Id.LastIndexOf(':') > OwnPrefix.Length
            ? Id[OwnPrefix.Length..Id.LastIndexOf(':')]
            : null;

    /// <summary>The entries a function needs in one bucket: S3 takes one suffix each. None when EventBridge tells it.</summary>
    public static IReadOnlyList<NotificationEntry> For(FunctionDefinition function, string bucket, string functionArn) =>
        function.EventRoute != EventRoute.S3 ? [] : [.. function.Triggers
            .Where(trigger => trigger.Bucket == bucket)
            .SelectMany(trigger => trigger.Filters)
            .Select((filter, n) => new NotificationEntry(
                NotificationTarget.Function, $"{OwnPrefix}{function.Name}:{n}", functionArn, [ObjectCreated], filter.Prefix, filter.Suffix))];

    /// <summary>Whether S3 would take the one for the other: the order of events means nothing.</summary>
    public bool SameAs(NotificationEntry other) =>
        (Target, Id, Destination, Prefix, Suffix) == (other.Target, other.Id, other.Destination, other.Prefix, other.Suffix)
        && Events.ToHashSet().SetEquals(other.Events);

    /// <summary>A key whose creation both entries would be told of, which S3 refuses; null when there is none.</summary>
    public string? Collision(NotificationEntry other) =>
        Events.Any(name => other.Events.Any(otherName => TriggerOverlap.EventsMeet(name, otherName)))
            ? TriggerOverlap.Witness(Prefix, Suffix, other.Prefix, other.Suffix)
            : null;
}
