using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Sns;

/// <summary>How topics and subscriptions are called. Source: docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html</summary>
internal sealed partial class TopicNames(string region, string account)
{
    public string Arn(string name) => $"arn:aws:sns:{region}:{account}:{name}";

    public string Subscription(SubscriptionRecord subscription) => $"{Arn(subscription.Topic)}:{subscription.Id}";

    /// <summary>A topic's name; null when the ARN is of no topic of this account and region.</summary>
    public string? OfArn(string? arn) => arn is not null && arn.StartsWith(Arn(""), StringComparison.Ordinal) && !arn[Arn("").Length..].Contains(':', StringComparison.Ordinal)
        ? arn[Arn("").Length..]
        : null;

    /// <summary>The subscription of an ARN, all of which must fit: whoever may change those of one topic may not change another's.</summary>
    public SubscriptionRecord? Subscription(SqliteConnection db, string? arn) =>
        arn is { Length: > 0 } && TopicStore.Subscription(db, arn[(arn.LastIndexOf(':') + 1)..]) is { } found && Subscription(found) == arn ? found : null;

    /// <exception cref="Http.ApiException">It cannot be a topic's name here.</exception>
    public static string Check(string? name) => name is not null && TopicName().IsMatch(name) ? name
        : name is not null && name.EndsWith(".fifo", StringComparison.Ordinal) ? throw SnsFault.Parameter("The local engine has standard topics, no FIFO topics.")
        : throw SnsFault.Parameter("Topic Name");

    [GeneratedRegex(@"\A[-_A-Za-z0-9]{1,256}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopicName();
}
