using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Core.Patterns;
using ScarNet.Local.Delivery;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;
using static ScarNet.Local.Sns.SnsXml;

namespace ScarNet.Local.Sns;

/// <summary>Subscribe and its neighbours.</summary>
internal sealed class SubscriptionsApi(Database database, Topics topics, Destinations destinations, Uri endpoint, string account, TimeProvider clock)
{
    /// <summary>Path at which a web server confirms its subscription, without a signature: the token is its secret. No bucket can have such a name.</summary>
    public const string ConfirmPrefix = "/_sns/confirm/";

    private const string Pending = "pending confirmation";
    private const int MostListed = 100;

    private static readonly HashSet<string> Settable =
        ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "SubscriptionRoleArn"];

    /// <summary>One that is there already is the answer. Web servers are asked first, and again until they have confirmed.</summary>
    public async Task<IReadOnlyList<XElement>> Subscribe(SnsForm form, CancellationToken cancellation)
    {
        var arn = form.Required("TopicArn");
        var (protocol, to, attributes) = (form.Required("Protocol"), form.Required("Endpoint"), form.Attributes());
        CheckEndpoint(protocol, to);
        Check(attributes);
        var token = Topics.IsWeb(protocol) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : null;
        var subscription = await database.Write(
            db =>
            {
                var topic = topics.Find(db, arn) ?? throw SnsFault.NoTopic();
                if (TopicStore.Subscriptions(db, topic.Name, "", int.MaxValue).FirstOrDefault(one => (one.Protocol, one.Endpoint) == (protocol, to)) is not { } subscription)
                {
                    subscription = new(Guid.NewGuid().ToString(), topic.Name, protocol, to, attributes, token);
                    TopicStore.Put(db, subscription);
                }

                if (subscription.Token is not null)
                {
                    Ask(db, subscription, arn);
                }

                return subscription;
            },
            cancellation);
        destinations.Signal();
        var known = subscription.Token is null || form["ReturnSubscriptionArn"] == "true";
        return [Element("SubscriptionArn", known ? topics.Names.Subscription(subscription) : Pending)];
    }

    /// <summary>One that is confirmed already is the answer.</summary>
    /// <param name="token">Of the question.</param>
    /// <param name="topicArn">Topic that the token must be of; null when the token alone is asked for.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<XElement>> Confirm(string? token, string? topicArn, CancellationToken cancellation)
    {
        var confirmed = await database.Write(
            db =>
            {
                var subscription = (token is { Length: > 0 } ? TopicStore.ByToken(db, token) : null) ?? throw SnsFault.Parameter("Token");
                if (topicArn is not null && topicArn != topics.Names.Arn(subscription.Topic))
                {
                    throw SnsFault.Parameter("Token");
                }

                TopicStore.Confirm(db, subscription);
                return subscription;
            },
            cancellation);
        return [Element("SubscriptionArn", topics.Names.Subscription(confirmed))];
    }

    /// <summary>One that is not there is unsubscribed.</summary>
    public async Task<IReadOnlyList<XElement>> Unsubscribe(SnsForm form, CancellationToken cancellation)
    {
        var arn = form.Required("SubscriptionArn");
        await database.Write(
            db =>
            {
                if (topics.Names.Subscription(db, arn) is { } subscription)
                {
                    TopicStore.Unsubscribe(db, subscription.Id);
                }
            },
            cancellation);
        return [];
    }

    public IReadOnlyList<XElement> List(SnsForm form, string? topicArn)
    {
        var found = database.Read(db =>
        {
            var topic = topicArn is null ? null : topics.Find(db, topicArn) ?? throw SnsFault.NoTopic();
            return TopicStore.Subscriptions(db, topic?.Name, form["NextToken"] ?? "", MostListed + 1);
        });
        return
        [
            SnsXml.List("Subscriptions", found.Take(MostListed).Select(subscription => new object?[]
            {
                Element("SubscriptionArn", subscription.Token is null ? topics.Names.Subscription(subscription) : "PendingConfirmation"),
                Element("Owner", account),
                Element("Protocol", subscription.Protocol),
                Element("Endpoint", subscription.Endpoint),
                Element("TopicArn", topics.Names.Arn(subscription.Topic)),
            })),
            .. found.Count > MostListed ? [Element("NextToken", found[MostListed - 1].Id)] : (XElement[])[],
        ];
    }

    public IReadOnlyList<XElement> Describe(SnsForm form)
    {
        var subscription = database.Read(db => topics.Names.Subscription(db, form["SubscriptionArn"])) ?? throw SnsFault.NoSubscription();
        return
        [
            Attributes(new Dictionary<string, string>(subscription.Attributes)
            {
                ["SubscriptionArn"] = topics.Names.Subscription(subscription),
                ["TopicArn"] = topics.Names.Arn(subscription.Topic),
                ["Protocol"] = subscription.Protocol,
                ["Endpoint"] = subscription.Endpoint,
                ["Owner"] = account,
                ["PendingConfirmation"] = subscription.Token is null ? "false" : "true",
                ["ConfirmationWasAuthenticated"] = "true",
                ["RawMessageDelivery"] = subscription.IsRaw ? "true" : "false",
            }),
        ];
    }

    public async Task<IReadOnlyList<XElement>> Set(SnsForm form, CancellationToken cancellation)
    {
        var (arn, name, value) = (form["SubscriptionArn"], form.Required("AttributeName"), form["AttributeValue"] ?? "");
        await database.Write(
            db =>
            {
                var subscription = topics.Names.Subscription(db, arn) ?? throw SnsFault.NoSubscription();
                var changed = new Dictionary<string, string>(subscription.Attributes) { [name] = value };
                Check(changed);
                TopicStore.Put(db, subscription with { Attributes = changed });
            },
            cancellation);
        return [];
    }

    private static void CheckEndpoint(string protocol, string to)
    {
        var fits = protocol switch
        {
            Topics.Lambda or Topics.Queue => Arn.Parse(to)?.Service == protocol,
            _ when Topics.IsWeb(protocol) => Uri.TryCreate(to, UriKind.Absolute, out var address) && address.Scheme == protocol,
            _ => throw SnsFault.Parameter($"Amazon SNS protocol '{protocol}': the local engine has lambda, sqs, http and https"),
        };
        if (!fits)
        {
            throw SnsFault.Parameter($"{protocol} endpoint");
        }
    }

    private static void Check(Dictionary<string, string> attributes)
    {
        if (attributes.Keys.FirstOrDefault(name => !Settable.Contains(name)) is { } unknown)
        {
            throw SnsFault.Parameter($"Attributes Reason: the local engine has no attribute '{unknown}' of subscriptions");
        }

        if (attributes.GetValueOrDefault("RawMessageDelivery") is not (null or "true" or "false"))
        {
            throw SnsFault.Parameter("Attributes Reason: RawMessageDelivery: Invalid value. Must be true or false.");
        }

        if (attributes.GetValueOrDefault("FilterPolicyScope") is not (null or "MessageAttributes" or "MessageBody"))
        {
            throw SnsFault.Parameter("FilterPolicyScope: Invalid value. Please use either MessageBody or MessageAttributes.");
        }

        if (attributes.GetValueOrDefault("RedrivePolicy") is { Length: > 0 } policy && Topics.DeadLetters(policy) is null)
        {
            throw SnsFault.Parameter("RedrivePolicy: deadLetterTargetArn must be the ARN of an SQS queue");
        }

        if (attributes.GetValueOrDefault("FilterPolicy") is { Length: > 0 } filter && filter != "{}")
        {
            try
            {
                EventPattern.Parse(filter);
            }
            catch (FormatException e)
            {
                throw SnsFault.Parameter($"FilterPolicy: {e.Message}");
            }
        }
    }

    private void Ask(SqliteConnection db, SubscriptionRecord subscription, string topicArn)
    {
        var id = Guid.NewGuid().ToString();
        WebDelivery.RemoveConfirmations(db, subscription.Id);
        WebDelivery.Add(db, subscription, WebDelivery.Confirmation, id, JsonOutput.Bytes(Question(subscription, topicArn, id)), clock.GetUtcNow());
    }

    private JsonObject Question(SubscriptionRecord subscription, string topicArn, string messageId) => new()
    {
        ["Type"] = WebDelivery.Confirmation,
        ["MessageId"] = messageId,
        ["Token"] = subscription.Token,
        ["TopicArn"] = topicArn,
        ["Message"] = $"You have chosen to subscribe to the topic {topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.",
        ["SubscribeURL"] = $"{endpoint.GetLeftPart(UriPartial.Authority)}{ConfirmPrefix}{subscription.Token}",
        ["Timestamp"] = IsoTime.Milliseconds(clock.GetUtcNow()),
        ["SignatureVersion"] = "1",
        ["Signature"] = "",
        ["SigningCertURL"] = "",
    };
}
