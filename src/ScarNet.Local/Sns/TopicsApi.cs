using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Local.Delivery;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;
using static ScarNet.Local.Sns.SnsXml;

namespace ScarNet.Local.Sns;

/// <summary>CreateTopic and its neighbours, and Publish.</summary>
internal sealed class TopicsApi(Database database, Topics topics, Destinations destinations, string account, TimeProvider clock)
{
    private const int MostListed = 100;

    /// <summary>Source: docs.aws.amazon.com/sns/latest/api/API_Publish.html</summary>
    private const int MostBytes = 262_144;

    private static readonly HashSet<string> Settable =
        ["DisplayName", "Policy", "DeliveryPolicy", "KmsMasterKeyId", "SignatureVersion", "TracingConfig"];

    /// <summary>One that is there already is the answer.</summary>
    public async Task<IReadOnlyList<XElement>> Create(SnsForm form, CancellationToken cancellation)
    {
        var name = TopicNames.Check(form["Name"]);
        var attributes = form.Attributes();
        foreach (var (attribute, value) in attributes)
        {
            Check(attribute, value);
        }

        await database.Write(
            db =>
            {
                if (TopicStore.Find(db, name) is null)
                {
                    TopicStore.Put(db, new TopicRecord(name, attributes, Bounded(form.Tags())));
                }
            },
            cancellation);
        return [Element("TopicArn", topics.Names.Arn(name))];
    }

    /// <summary>One that is not there is deleted.</summary>
    public async Task<IReadOnlyList<XElement>> Delete(SnsForm form, CancellationToken cancellation)
    {
        if (topics.Names.OfArn(form.Required("TopicArn")) is { } name)
        {
            await database.Write(db => TopicStore.Delete(db, name), cancellation);
        }

        return [];
    }

    public IReadOnlyList<XElement> List(SnsForm form)
    {
        var found = database.Read(db => TopicStore.List(db, form["NextToken"] ?? "", MostListed + 1));
        return
        [
            SnsXml.List("Topics", found.Take(MostListed).Select(topic => Element("TopicArn", topics.Names.Arn(topic.Name)))),
            .. found.Count > MostListed ? [Element("NextToken", found[MostListed - 1].Name)] : (XElement[])[],
        ];
    }

    public IReadOnlyList<XElement> Describe(SnsForm form)
    {
        var topic = Get(form["TopicArn"]);
        var subscriptions = database.Read(db => TopicStore.Subscriptions(db, topic.Name, "", int.MaxValue));
        return
        [
            Attributes(new Dictionary<string, string>(topic.Attributes)
            {
                ["TopicArn"] = topics.Names.Arn(topic.Name),
                ["Owner"] = account,
                ["SubscriptionsConfirmed"] = $"{subscriptions.Count(one => one.Token is null)}",
                ["SubscriptionsPending"] = $"{subscriptions.Count(one => one.Token is not null)}",
                ["SubscriptionsDeleted"] = "0",
            }),
        ];
    }

    public async Task<IReadOnlyList<XElement>> Set(SnsForm form, CancellationToken cancellation)
    {
        var (name, value) = (form.Required("AttributeName"), form["AttributeValue"] ?? "");
        Check(name, value);
        await Change(form["TopicArn"], topic => topic with { Attributes = new Dictionary<string, string>(topic.Attributes) { [name] = value } }, cancellation);
        return [];
    }

    public async Task<IReadOnlyList<XElement>> Tag(SnsForm form, CancellationToken cancellation)
    {
        var added = form.Tags();
        await Change(
            form["ResourceArn"],
            topic => topic with { Tags = Bounded(topic.Tags.Where(tag => !added.ContainsKey(tag.Key)).Concat(added).ToDictionary()) },
            cancellation);
        return [];
    }

    public async Task<IReadOnlyList<XElement>> Untag(SnsForm form, CancellationToken cancellation)
    {
        var removed = form.TagKeys();
        await Change(
            form["ResourceArn"], topic => topic with { Tags = topic.Tags.Where(tag => !removed.Contains(tag.Key)).ToDictionary() }, cancellation);
        return [];
    }

    public IReadOnlyList<XElement> ListTags(SnsForm form) => [Tags(Get(form["ResourceArn"]).Tags)];

    public async Task<IReadOnlyList<XElement>> Publish(SnsForm form, CancellationToken cancellation)
    {
        var arn = form["TopicArn"] ?? form["TargetArn"] ?? throw SnsFault.Parameter("TopicArn or TargetArn Reason: no value for required parameter");
        var topic = Get(arn);
        var text = form["Message"] is { Length: > 0 } given ? given : throw SnsFault.Parameter("Empty message");
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            throw SnsFault.Parameter("Message too long");
        }

        var message = new TopicMessage(Guid.NewGuid().ToString(), arn, form["Subject"], Texts(form["MessageStructure"], text), form.MessageAttributes(), clock.GetUtcNow());
        await database.Write(db => topics.Publish(db, topic, message, destinations), cancellation);
        destinations.Signal();
        return [Element("MessageId", message.Id)];
    }

    private static Dictionary<string, string> Texts(string? structure, string text)
    {
        if (structure != "json")
        {
            return new() { [TopicMessage.Default] = text };
        }

        try
        {
            var texts = LenientJson.Parse(text) is JsonObject json
                ? json.Where(one => one.Value is JsonValue).ToDictionary(one => one.Key, one => one.Value!.ToString())
                : [];
            return texts.ContainsKey(TopicMessage.Default) ? texts : throw SnsFault.Parameter("Message Structure - No default entry in JSON message body");
        }
        catch (JsonException)
        {
            throw SnsFault.Parameter("Message Structure - JSON message body failed to parse");
        }
    }

    private static void Check(string attribute, string value)
    {
        if (!Settable.Contains(attribute))
        {
            throw SnsFault.Parameter($"Attributes Reason: the local engine has no attribute '{attribute}' of topics");
        }

        try
        {
            if (attribute == "Policy" && value.Length > 0)
            {
                PolicyReader.Read(value);
            }
        }
        catch (FormatException e)
        {
            throw SnsFault.Parameter($"Policy Error: {e.Message}");
        }
    }

    private static Dictionary<string, string> Bounded(Dictionary<string, string> tags) =>
        tags.Count <= AwsLimits.MaxTags ? tags : throw new Http.ApiException(400, "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");

    private TopicRecord Get(string? arn) => database.Read(db => topics.Find(db, arn ?? "")) ?? throw SnsFault.NoTopic();

    private Task Change(string? arn, Func<TopicRecord, TopicRecord> change, CancellationToken cancellation) =>
        database.Write(db => TopicStore.Put(db, change(topics.Find(db, arn ?? "") ?? throw SnsFault.NoTopic())), cancellation);
}
