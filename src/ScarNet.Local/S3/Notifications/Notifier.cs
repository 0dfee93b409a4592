using Microsoft.Data.Sqlite;
using ScarNet.Local.Lambda;
using ScarNet.Local.S3.Buckets;

namespace ScarNet.Local.S3.Notifications;

/// <summary>Tells functions of changes, in the transaction of the change itself: neither is ever without the other.</summary>
internal sealed class Notifier(AsyncQueue queue, EngineSettings settings)
{
    public Sequencer Sequencer { get; } = new(settings.Clock);

    /// <summary>Whether anybody asked for such events; false spares making them up.</summary>
    public static bool Wants(Bucket bucket, string eventName, string key) =>
        bucket.Notifications.Rules.Any(rule => rule.Kind == DestinationKind.Function && rule.Matches(eventName, key));

    /// <summary>Puts an invocation into the queue for each function that asked. Topics, queues and EventBridge get nothing: there are none here.</summary>
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
    }

    /// <summary>After the commit: there may be something to do.</summary>
    public void Signal() => queue.Signal();
}
