using Microsoft.Data.Sqlite;
using ScarNet.Local.Events;
using ScarNet.Local.Lambda;
using ScarNet.Local.S3.Buckets;

namespace ScarNet.Local.S3.Notifications;

/// <summary>Tells functions and the event bus of changes, in the transaction of the change itself: neither is ever without the other.</summary>
internal sealed class Notifier(AsyncQueue queue, EventBus bus, EngineSettings settings)
{
    public Sequencer Sequencer { get; } = new(settings.Clock);

    /// <summary>Whether anybody could want such an event; false spares making it up.</summary>
    public bool Wants(Bucket bucket, string eventName, string key) =>
        (bucket.Notifications.EventBridge && bus.HasRules)
        || bucket.Notifications.Rules.Any(rule => rule.Kind == DestinationKind.Function && rule.Matches(eventName, key));

    /// <summary>Puts an invocation into the queue for each function that asked, and sends the event over the bus. Topics and queues get nothing: there are none here.</summary>
    public void Enqueue(SqliteConnection connection, Bucket bucket, ObjectChange change)
    {
        foreach (var rule in bucket.Notifications.Rules)
        {
            if (rule.Kind == DestinationKind.Function && rule.Matches(change.EventName, change.Key))
            {
                var payload = EventDocument.Write(bucket, rule, change, settings.Region, settings.Account);
                AsyncQueue.Enqueue(connection, rule.Arn, payload, change.Time);
            }
        }

        if (bucket.Notifications.EventBridge && BridgeDocument.Of(bucket, change, settings.Account) is { } happened)
        {
            bus.Publish(connection, happened);
        }
    }

    /// <summary>After the commit: there may be something to do.</summary>
    public void Signal() => queue.Signal();
}
