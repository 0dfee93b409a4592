using System.Net;
using Amazon.S3.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>A bucket's notifications as the SDK gives them, and as our entries. Other people's go back exactly as they came.</summary>
internal sealed class BucketNotifications(GetBucketNotificationResponse answer)
{
    private readonly Dictionary<NotificationEntry, NotificationConfiguration> originals = Read(answer);

    public IReadOnlyList<NotificationEntry> Entries => [.. originals.Keys];

    /// <summary>Whether it tells EventBridge of its objects.</summary>
    public bool EventBridge => answer.EventBridgeConfiguration is not null;

    /// <summary>The request that leaves the bucket with these entries.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="account">Its owner.</param>
    /// <param name="desired">All its entries.</param>
    /// <param name="eventBridge">Whether it tells EventBridge; null leaves that as it is.</param>
    public PutBucketNotificationRequest Put(string bucket, string account, IReadOnlyList<NotificationEntry> desired, bool? eventBridge)
    {
        var configurations = desired.Select(entry => originals.TryGetValue(entry, out var original) ? original : Write(entry)).ToList();
        return new()
        {
            BucketName = bucket,
            ExpectedBucketOwner = account,
            LambdaFunctionConfigurations = [.. configurations.OfType<LambdaFunctionConfiguration>()],
            QueueConfigurations = [.. configurations.OfType<QueueConfiguration>()],
            TopicConfigurations = [.. configurations.OfType<TopicConfiguration>()],
            EventBridgeConfiguration = eventBridge ?? EventBridge ? answer.EventBridgeConfiguration ?? new() : null,
        };
    }

    private static Dictionary<NotificationEntry, NotificationConfiguration> Read(GetBucketNotificationResponse answer)
    {
        var read = new Dictionary<NotificationEntry, NotificationConfiguration>(ReferenceEqualityComparer.Instance);
        foreach (var lambda in answer.LambdaFunctionConfigurations ?? [])
        {
            read.Add(Entry(NotificationTarget.Function, lambda.Id, lambda.FunctionArn, lambda), lambda);
        }

        foreach (var queue in answer.QueueConfigurations ?? [])
        {
            read.Add(Entry(NotificationTarget.Queue, queue.Id, queue.Queue, queue), queue);
        }

        foreach (var topic in answer.TopicConfigurations ?? [])
        {
            read.Add(Entry(NotificationTarget.Topic, topic.Id, topic.Topic, topic), topic);
        }

        return read;
    }

    private static NotificationEntry Entry(NotificationTarget kind, string? id, string arn, NotificationConfiguration configuration) => new(
        kind, id, arn, [.. configuration.Events?.Select(e => e.Value) ?? []], Rule(configuration, "prefix"), Rule(configuration, "suffix"));

    /// <summary>S3 wants special characters of a filter URL-encoded. Source: EVENTS.md §2, row 8.</summary>
    private static string Rule(NotificationConfiguration configuration, string name) => WebUtility.UrlDecode(
        configuration.Filter?.S3KeyFilter?.FilterRules?.Find(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "");

    private static string Encode(string decoded) =>
        Uri.EscapeDataString(decoded).Replace("%2F", "/", StringComparison.Ordinal);

    private static LambdaFunctionConfiguration Write(NotificationEntry entry)
    {
        var rules = new List<FilterRule>();
        if (entry.Prefix.Length > 0)
        {
            rules.Add(new() { Name = "prefix", Value = Encode(entry.Prefix) });
        }

        if (entry.Suffix.Length > 0)
        {
            rules.Add(new() { Name = "suffix", Value = Encode(entry.Suffix) });
        }

        return new()
        {
            Id = entry.Id,
            FunctionArn = entry.Destination,
            Events = [.. entry.Events.Select(name => new Amazon.S3.EventType(name))],
            Filter = rules.Count > 0 ? new() { S3KeyFilter = new() { FilterRules = rules } } : null,
        };
    }
}
