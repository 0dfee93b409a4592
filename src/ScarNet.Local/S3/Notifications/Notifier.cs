using Microsoft.Data.Sqlite;
using ScarNet.Local.Delivery;
using ScarNet.Local.Events;
using ScarNet.Local.Lambda;
using ScarNet.Local.S3.Buckets;

namespace ScarNet.Local.S3.Notifications;

/// <summary>Tells functions, queues, topics and the event bus of changes, in the transaction of the change itself: neither is ever without the other.</summary>
internal sealed class Notifier(EventBus bus, Destinations destinations, EngineSettings settings)
{
    public const string Service = "s3.amazonaws.com";

    /// <summary>Of a topic's message.</summary>
    public const string Subject = "Amazon S3 Notification";

    public Sequencer Sequencer { get; } = new(settings.Clock);

    /// <summary>Whether anybody could want such an event; false spares making it up.</summary>
    public bool Wants(Bucket bucket, string eventName, string key) =>
        (bucket.Notifications.EventBridge && bus.HasRules)
        || bucket.Notifications.Rules.Any(rule => rule.Matches(eventName, key));

    /// <summary>Hands the event to each function, queue and topic that asked, and sends it over the bus.</summary>
    public void Enqueue(SqliteConnection connection, Bucket bucket, ObjectChange change)
    {
        foreach (var rule in bucket.Notifications.Rules)
        {
            if (!rule.Matches(change.EventName, change.Key))
            {
                continue;
            }

            var payload = EventDocument.Write(bucket, rule, change, settings.Region, settings.Account);
            if (rule.Kind == DestinationKind.Function)
            {
                AsyncQueue.Enqueue(connection, rule.Arn, payload, change.Time); // a function that is gone is told of as a failure
            }
            else if (destinations.Send(connection, new Sender(Service, bucket.Arn), rule.Arn, new Message(payload) { Subject = Subject }) is { } failure)
            {
                Console.Error.WriteLine($"scarnet: engine: an event of bucket '{bucket.Name}' cannot go to '{rule.Arn}': {failure.Text}");
            }
        }

        if (bucket.Notifications.EventBridge && BridgeDocument.Of(bucket, change, settings.Account) is { } happened)
        {
            bus.Publish(connection, happened);
        }
    }

    /// <summary>After the commit: there may be something to do.</summary>
    public void Signal() => destinations.Signal();
}
