using System.Globalization;
using System.Text.Json.Nodes;
using ScarNet.Local.Sqs;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::SQS::Queue: a standard queue. Source of what it gives: …/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html</summary>
internal sealed class QueueKind(EngineCalls calls) : ResourceKind
{
    private const int MaxName = 80;

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "QueueName", "FifoQueue" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string> { "Arn", "QueueName", "QueueUrl" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (name, isOurs) = input.NameOf("QueueName", MaxName);
        IEnumerable<(string, string?)> attributes = Of(input.Properties).Index()
            .SelectMany(one => new[] { ($"Attribute.{one.Index + 1}.Name", one.Item.Key), ($"Attribute.{one.Index + 1}.Value", (string?)one.Item.Value) });
        IEnumerable<(string, string?)> tags = input.Properties.Tags().Index()
            .SelectMany(one => new[] { ($"Tag.{one.Index + 1}.Key", one.Item.Key), ($"Tag.{one.Index + 1}.Value", (string?)one.Item.Value) });

        // SQS says yes to a queue that is there and alike.
        if (!isOurs && await EngineCalls.Exists(() => calls.As(null).Query("sqs", "GetQueueUrl", [("QueueName", name)], cancellation)))
        {
            throw AlreadyExists(name);
        }

        var answer = await calls.Query("sqs", "CreateQueue", [("QueueName", name), .. attributes, .. tags], cancellation);
        return Made(answer.Descendants().First(element => element.Name.LocalName == "QueueUrl").Value, name, input);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        var (was, wanted) = (Of(before), Of(input.Properties));
        var dropped = was.Keys.Except(wanted.Keys).Select(name => KeyValuePair.Create(name, Default(name)));
        await SetAttributes(physicalId, [.. wanted.Where(one => was.GetValueOrDefault(one.Key) != one.Value), .. dropped], cancellation);

        var (wereTags, tags) = (before.Tags(), input.Properties.Tags());
        if (wereTags.Keys.Except(tags.Keys).ToArray() is { Length: > 0 } gone)
        {
            await calls.Query("sqs", "UntagQueue", [("QueueUrl", physicalId), .. gone.Select((key, i) => ($"TagKey.{i + 1}", (string?)key))], cancellation);
        }

        if (tags.Where(tag => wereTags.GetValueOrDefault(tag.Key) != tag.Value).ToArray() is { Length: > 0 } put)
        {
            var members = put.SelectMany((tag, i) => new[] { ($"Tag.{i + 1}.Key", tag.Key), ($"Tag.{i + 1}.Value", (string?)tag.Value) });
            await calls.Query("sqs", "TagQueue", [("QueueUrl", physicalId), .. members], cancellation);
        }

        return Made(physicalId, QueueNames.OfUrl(physicalId), input);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.Query("sqs", "DeleteQueue", [("QueueUrl", physicalId)], cancellation));

    private static Made Made(string url, string name, ResourceInput input) => new(url, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Arn"] = $"arn:aws:sqs:{input.Stack.Region}:{input.Stack.Account}:{name}",
        ["QueueName"] = name,
        ["QueueUrl"] = url,
    });

    // A property is an attribute of its name; what the engine's queues do not know is for SQS to refuse.
    private static Dictionary<string, string> Of(JsonObject properties)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            if (name is not ("QueueName" or "Tags") && !(name is "FifoQueue" && value?.ToString() is "false" or "False"))
            {
                attributes[name] = value is JsonObject document ? document.ToJsonString() : properties.Text(name);
            }
        }

        return attributes;
    }

    // SQS takes a text away when it is set to nothing; a number it has always.
    private static string Default(string attribute) =>
        QueueRecord.Numbers.TryGetValue(attribute, out var number) ? number.Default.ToString(CultureInfo.InvariantCulture) : "";

    private async Task SetAttributes(string url, IReadOnlyCollection<KeyValuePair<string, string>> attributes, CancellationToken cancellation)
    {
        if (attributes.Count > 0)
        {
            var members = attributes.SelectMany((one, i) => new[] { ($"Attribute.{i + 1}.Name", one.Key), ($"Attribute.{i + 1}.Value", (string?)one.Value) });
            await calls.Query("sqs", "SetQueueAttributes", [("QueueUrl", url), .. members], cancellation);
        }
    }
}
