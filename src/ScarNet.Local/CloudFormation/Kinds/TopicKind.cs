using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::SNS::Topic with its subscriptions.</summary>
internal sealed class TopicKind(EngineCalls calls) : ResourceKind
{
    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "TopicName", "FifoTopic" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var name = input["TopicName"] ?? input.Generated();
        var tags = (input.Properties["Tags"] as JsonArray ?? []).SelectMany((tag, i) => new (string, string?)[]
        {
            ($"Tags.member.{i + 1}.Key", tag!["Key"]!.ToString()), ($"Tags.member.{i + 1}.Value", tag["Value"]!.ToString()),
        });
        await calls.Query("sns", "CreateTopic", [("Name", name), .. tags], cancellation);
        var arn = $"arn:aws:sns:{input.Stack.Region}:{input.Stack.Account}:{name}";
        await Describe(arn, input, cancellation);
        return Made(arn, name);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await Describe(physicalId, input, cancellation);
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
        foreach (var subscription in input.Properties["Subscription"] as JsonArray ?? [])
        {
            await calls.Query(
                "sns",
                "Subscribe",
                [("TopicArn", arn), ("Protocol", subscription!["Protocol"]?.ToString()), ("Endpoint", subscription["Endpoint"]?.ToString())],
                cancellation);
        }
    }
}
