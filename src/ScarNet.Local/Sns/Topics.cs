using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Local.Delivery;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sns;

/// <summary>Hands messages of topics to those who subscribed, in the transaction of what caused them. Web servers get theirs afterwards.</summary>
/// <param name="names">How they are called.</param>
/// <param name="endpoint">The engine's address.</param>
/// <param name="clock">The time.</param>
internal sealed class Topics(TopicNames names, Uri endpoint, TimeProvider clock)
{
    public const string Service = "sns.amazonaws.com";
    public const string Lambda = "lambda";
    public const string Queue = "sqs";

    public TopicNames Names => names;

    public static bool IsWeb(string protocol) => protocol is "http" or "https";

    /// <summary>A topic by its ARN; null when there is none.</summary>
    public TopicRecord? Find(SqliteConnection db, string arn) => names.OfArn(arn) is { } name ? TopicStore.Find(db, name) : null;

    /// <param name="db">The write.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="message">What is said there.</param>
    /// <param name="destinations">Take it on.</param>
    public void Publish(SqliteConnection db, TopicRecord topic, TopicMessage message, Destinations destinations)
    {
        foreach (var subscription in TopicStore.Subscriptions(db, topic.Name, "", int.MaxValue).Where(one => one.Token is null && message.Fits(one)))
        {
            if (IsWeb(subscription.Protocol))
            {
                WebDelivery.Add(db, subscription, WebDelivery.Notification, message.Id, Body(message, subscription), clock.GetUtcNow());
            }
            else if (destinations.Send(db, new Sender(Service, names.Arn(topic.Name)), subscription.Endpoint, Sent(message, subscription)) is { } failure)
            {
                Console.Error.WriteLine($"scarnet: engine: a message of topic '{topic.Name}' cannot go to '{subscription.Endpoint}': {failure.Text}");
                Redrive(db, subscription, Sent(message, subscription), destinations);
            }
        }
    }

    /// <summary>What could not be delivered goes where the subscription says.</summary>
    public void Redrive(SqliteConnection db, SubscriptionRecord subscription, Message message, Destinations destinations)
    {
        if (subscription.Attributes.GetValueOrDefault("RedrivePolicy") is { Length: > 0 } policy && DeadLetters(policy) is { } letters
            && destinations.Send(db, new Sender(Service, names.Arn(subscription.Topic)), letters, message) is { } failure)
        {
            Console.Error.WriteLine($"scarnet: engine: what topic '{subscription.Topic}' could not deliver is lost, as it cannot go to '{letters}' either: {failure.Text}");
        }
    }

    /// <summary>Queue of a redrive policy; null when it names none.</summary>
    public static string? DeadLetters(string policy)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(policy);
            return document.RootElement.TryGetProperty("deadLetterTargetArn", out var arn) && Arn.Parse(arn.GetString() ?? "") is { Service: Queue } ? arn.GetString() : null;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public string Unsubscribe(SubscriptionRecord subscription) =>
        $"{endpoint.GetLeftPart(UriPartial.Authority)}/?Action=Unsubscribe&SubscriptionArn={names.Subscription(subscription)}";

    private Message Sent(TopicMessage message, SubscriptionRecord subscription) => new(Body(message, subscription))
    {
        Attributes = subscription is { Protocol: Queue, IsRaw: true } ? message.Attributes.DeepClone().AsObject() : [],
    };

    private byte[] Body(TopicMessage message, SubscriptionRecord subscription) => subscription.Protocol == Lambda
        ? JsonOutput.Bytes(message.Record(subscription, names.Subscription(subscription), Unsubscribe(subscription)))
        : subscription.IsRaw ? System.Text.Encoding.UTF8.GetBytes(message.TextFor(subscription.Protocol))
        : JsonOutput.Bytes(message.Envelope(subscription, Unsubscribe(subscription)));
}
