using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Local.Access;
using ScarNet.Local.Lambda;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;

namespace ScarNet.Local.Delivery;

/// <summary>
/// Hands what services send to functions, queues and topics, in the transaction of what caused it: neither is ever without the other. Who
/// gets it must let the sender, by a policy of its own.
/// </summary>
internal sealed class Destinations(DestinationParts parts, string account, TimeProvider clock)
{
    /// <summary>Whether it is the ARN of something that can be sent to.</summary>
    public static bool Knows(string arn) => Arn.Parse(arn) is { Service: "lambda" or "sqs" or "sns" };

    /// <summary>Whether it is of this account: of another one the engine knows nothing.</summary>
    public bool AreOurs(string arn) => Arn.Parse(arn)?.Account == account;

    /// <summary>Sends for a service.</summary>
    /// <param name="db">The write.</param>
    /// <param name="sender">Who sends.</param>
    /// <param name="arn">To whom.</param>
    /// <param name="message">What.</param>
    /// <returns>Null when it is on its way.</returns>
    public Undelivered? Send(SqliteConnection db, Sender sender, string arn, Message message) =>
        Refusal(db, sender, arn) is { } refusal ? refusal : Hand(db, arn, message);

    /// <summary>Why a service cannot send to it; null when it can.</summary>
    public Undelivered? Refusal(SqliteConnection db, Sender sender, string arn)
    {
        bool? lets = Arn.Parse(arn)?.Service switch
        {
            "lambda" => parts.MayInvoke(arn, sender),
            "sqs" => Queue(db, arn) is { } queue ? ResourcePolicy.Lets(queue.Policy, sender, "sqs:SendMessage", arn, account) : null,
            "sns" => parts.Topics.Find(db, arn) is { } topic ? ResourcePolicy.Lets(topic.Policy, sender, "sns:Publish", arn, account) : null,
            _ => null,
        };
        return lets switch
        {
            null => Undelivered.Missing(arn),
            false => Undelivered.NotAllowed(arn, sender),
            true => null,
        };
    }

    public bool IsThere(SqliteConnection db, string arn) => Arn.Parse(arn)?.Service switch
    {
        "lambda" => parts.IsThere(arn),
        "sqs" => Queue(db, arn) is not null,
        "sns" => parts.Topics.Find(db, arn) is not null,
        _ => false,
    };

    /// <summary>Sends for somebody who is known to be allowed to.</summary>
    /// <returns>Null when it is on its way.</returns>
    public Undelivered? Hand(SqliteConnection db, string arn, Message message)
    {
        switch (Arn.Parse(arn)?.Service)
        {
            case "lambda" when parts.IsThere(arn):
                AsyncQueue.Enqueue(db, arn, message.Body, clock.GetUtcNow());
                return null;
            case "sqs" when Queue(db, arn) is { } queue:
                var delay = 1000L * queue.Number("DelaySeconds");
                QueueStore.Send(db, queue.Name, Encoding.UTF8.GetString(message.Body), message.Attributes, clock.GetUtcNow().ToUnixTimeMilliseconds(), delay);
                return null;
            case "sns" when parts.Topics.Find(db, arn) is { } topic:
                var said = TopicMessage.Of(arn, message.Subject, Encoding.UTF8.GetString(message.Body), message.Attributes, clock.GetUtcNow());
                parts.Topics.Publish(db, topic, said, this);
                return null;
            default:
                return Undelivered.Missing(arn);
        }
    }

    /// <summary>After the commit: there may be something to do.</summary>
    public void Signal()
    {
        parts.Invocations.Signal();
        parts.Arrivals.Tell();
        parts.Sent();
    }

    private QueueRecord? Queue(SqliteConnection db, string arn) => parts.Queues.OfArn(arn) is { } name ? QueueStore.Find(db, name) : null;
}
