using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Patterns;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sns;

/// <summary>A message that is published.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TopicArn">Where.</param>
/// <param name="Subject">Null when it has none.</param>
/// <param name="Texts">By protocol, and for the others <c>default</c>.</param>
/// <param name="Attributes">Name → <c>DataType</c> with <c>StringValue</c> or <c>BinaryValue</c>.</param>
/// <param name="Time">When.</param>
internal sealed record TopicMessage(
    string Id, string TopicArn, string? Subject, IReadOnlyDictionary<string, string> Texts, JsonObject Attributes, DateTimeOffset Time)
{
    public const string Default = "default";

    private const string MessageAttributes = "MessageAttributes";

    /// <summary>The same for every protocol.</summary>
    public static TopicMessage Of(string topicArn, string? subject, string text, JsonObject attributes, DateTimeOffset time) =>
        new(Guid.NewGuid().ToString(), topicArn, subject, new Dictionary<string, string> { [Default] = text }, attributes, time);

    public string TextFor(string protocol) => Texts.GetValueOrDefault(protocol) ?? Texts[Default];

    /// <summary>Of an attribute of type Number; null when it is none. JSON has neither NaN nor infinity.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether a subscription's filter takes it. Source: docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html</summary>
    public bool Fits(SubscriptionRecord subscription)
    {
        if (subscription.Filter is not { } filter)
        {
            return true;
        }

        try
        {
            using var document = LenientJson.Read(subscription.FiltersBody ? TextFor(subscription.Protocol) : JsonOutput.Text(FilterValues()));
            return EventPattern.Parse(filter).Matches(document.RootElement);
        }
        catch (JsonException)
        {
            return false; // a body that is no JSON fits no filter
        }
    }

    /// <summary>What queues and web servers get. Nothing signs it: the engine has no certificate of AWS's.</summary>
    public JsonObject Envelope(SubscriptionRecord subscription, string unsubscribe)
    {
        var envelope = Notification(subscription, unsubscribe, "URL");
        if (Attributes.Count == 0)
        {
            envelope.Remove(MessageAttributes);
        }

        return JsonOutput.WithoutNulls(envelope);
    }

    /// <summary>What functions get. Source: docs.aws.amazon.com/lambda/latest/dg/with-sns.html</summary>
    public JsonObject Record(SubscriptionRecord subscription, string subscriptionArn, string unsubscribe) => new()
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["EventSubscriptionArn"] = subscriptionArn,
            ["Sns"] = Notification(subscription, unsubscribe, "Url"),
        }),
    };

    public string TimeText => IsoTime.Milliseconds(Time);

    // The two spell their addresses differently.
    private JsonObject Notification(SubscriptionRecord subscription, string unsubscribe, string url) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = Id,
        [nameof(TopicArn)] = TopicArn,
        [nameof(Subject)] = Subject,
        ["Message"] = TextFor(subscription.Protocol),
        ["Timestamp"] = TimeText,
        ["SignatureVersion"] = "1",
        ["Signature"] = "",
        ["SigningCert" + url] = "",
        ["Unsubscribe" + url] = unsubscribe,
        [MessageAttributes] = ShownAttributes(),
    };

    private JsonObject ShownAttributes() => new(Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)new JsonObject
    {
        ["Type"] = attribute.Value!["DataType"]!.ToString(),
        ["Value"] = (attribute.Value["StringValue"] ?? attribute.Value["BinaryValue"])!.ToString(),
    })));

    // Filters see numbers as numbers and lists as lists; bytes they do not see.
    private JsonObject FilterValues()
    {
        var values = new JsonObject();
        foreach (var (name, attribute) in Attributes)
        {
            if (attribute!["StringValue"]?.ToString() is { } text)
            {
                values[name] = attribute["DataType"]!.ToString().Split('.')[0] == "Number" ? Number(text) : List(attribute, text) ?? text;
            }
        }

        return values;
    }

    private static JsonNode? List(JsonNode attribute, string text)
    {
        if (attribute["DataType"]!.ToString() != "String.Array")
        {
            return null;
        }

        try
        {
            return LenientJson.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
