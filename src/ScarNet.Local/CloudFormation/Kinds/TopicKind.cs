using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::SNS::Topic with its subscriptions.</summary>
internal sealed class TopicKind(EngineCalls calls) : ResourceKind
{
    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "TopicName", "FifoTopic" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string> { "TopicArn", "TopicName" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (name, isOurs) = input.NameOf("TopicName");
        var arn = $"arn:aws:sns:{input.Stack.Region}:{input.Stack.Account}:{name}";

        // SNS says yes to a topic that is there.
        if (!isOurs && await EngineCalls.Exists(() => calls.As(null).Query("sns", "GetTopicAttributes", [("TopicArn", arn)], cancellation)))
        {
            throw AlreadyExists(name);
        }

        await input.Make(arn, isOurs, () => calls.Query("sns", "CreateTopic", [("Name", name), .. Members(input.Properties.Tags())], cancellation));
        await Describe(arn, input, cancellation);
        return Made(arn, name);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await Describe(physicalId, input, cancellation);
        await Unsubscribe(physicalId, [.. Subscriptions(before).Except(Subscriptions(input.Properties))], cancellation);
        await Retag(physicalId, before.Tags(), input.Properties.Tags(), cancellation);
        return Made(physicalId, physicalId[(physicalId.LastIndexOf(':') + 1)..]);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.Query("sns", "DeleteTopic", [("TopicArn", physicalId)], cancellation));

    private static Made Made(string arn, string name) =>
        new(arn, new Dictionary<string, string>(StringComparer.Ordinal) { ["TopicArn"] = arn, ["TopicName"] = name });

    private async Task Describe(string arn, ResourceInput input, CancellationToken cancellation)
    {
        await calls.Query(
            "sns", "SetTopicAttributes", [("TopicArn", arn), ("AttributeName", "DisplayName"), ("AttributeValue", input["DisplayName"] ?? "")], cancellation);
        foreach (var (protocol, endpoint) in Subscriptions(input.Properties))
        {
            await calls.Query("sns", "Subscribe", [("TopicArn", arn), ("Protocol", protocol), ("Endpoint", endpoint)], cancellation);
        }
    }

    // One that has not been confirmed yet has no ARN to unsubscribe it by.
    private async Task Unsubscribe(string arn, HashSet<(string Protocol, string Endpoint)> dropped, CancellationToken cancellation)
    {
        string? next = null;
        var found = new List<string>();
        while (dropped.Count > 0)
        {
            var page = await calls.Query("sns", "ListSubscriptionsByTopic", [("TopicArn", arn), ("NextToken", next)], cancellation);
            found.AddRange(page.Descendants().Where(element => element.Name.LocalName == "member")
                .Select(member => member.Elements().ToDictionary(element => element.Name.LocalName, element => element.Value))
                .Where(one => dropped.Contains((one["Protocol"], one["Endpoint"])) && one["SubscriptionArn"].StartsWith("arn:", StringComparison.Ordinal))
                .Select(one => one["SubscriptionArn"]));
            next = page.Descendants().FirstOrDefault(element => element.Name.LocalName == "NextToken")?.Value;
            if (next is null)
            {
                break;
            }
        }

        foreach (var subscription in found)
        {
            await calls.Query("sns", "Unsubscribe", [("SubscriptionArn", subscription)], cancellation);
        }
    }

    private async Task Retag(string arn, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> tags, CancellationToken cancellation)
    {
        if (before.Keys.Except(tags.Keys).ToArray() is { Length: > 0 } gone)
        {
            await calls.Query("sns", "UntagResource", [("ResourceArn", arn), .. gone.Select((key, i) => ($"TagKeys.member.{i + 1}", (string?)key))], cancellation);
        }

        if (tags.Except(before).ToArray() is { Length: > 0 } put)
        {
            await calls.Query("sns", "TagResource", [("ResourceArn", arn), .. Members(put)], cancellation);
        }
    }

    private static IEnumerable<(string Protocol, string Endpoint)> Subscriptions(JsonObject properties) =>
        properties.Items("Subscription").Select(one => (one.Text("Protocol"), one.Text("Endpoint")));

    private static IEnumerable<(string, string?)> Members(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.SelectMany((tag, i) => new[] { ($"Tags.member.{i + 1}.Key", tag.Key), ($"Tags.member.{i + 1}.Value", (string?)tag.Value) });
}
