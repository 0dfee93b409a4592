using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::Events::Rule with an event pattern.</summary>
internal sealed class RuleKind(EngineCalls calls) : ResourceKind
{
    private const string Api = "AWSEvents.";
    private const int MaxName = 64;

    private static readonly string[] texts = ["Description", "State", "RoleArn", "EventBusName", "ScheduleExpression"];

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "Name", "EventBusName" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (name, isOurs) = input.NameOf("Name", MaxName);
        _ = Ids(input.Properties);

        // EventBridge changes a rule that is there.
        if (!isOurs && await EngineCalls.Exists(() => calls.As(null).Target("events", Api + "DescribeRule", new JsonObject { ["Name"] = name }, cancellation)))
        {
            throw AlreadyExists(name);
        }

        await input.Make(name, isOurs, () => Put(name, input, cancellation));
        await PutTargets(name, input, cancellation);
        return Made(name, input);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await Put(physicalId, input, cancellation);
        await RemoveTargets(physicalId, Ids(before).Except(Ids(input.Properties)), cancellation);
        await PutTargets(physicalId, input, cancellation);
        return Made(physicalId, input);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Tolerant(async () =>
    {
        var listed = await calls.Target("events", Api + "ListTargetsByRule", new JsonObject { ["Rule"] = physicalId }, cancellation);
        await RemoveTargets(physicalId, Ids(listed!), cancellation);
        await calls.Target("events", Api + "DeleteRule", new JsonObject { ["Name"] = physicalId }, cancellation);
    });

    private static string[] Ids(JsonNode properties) => [.. properties.Items("Targets").Select(target => target.Text("Id"))];

    private static Made Made(string name, ResourceInput input) =>
        new(name, Attribute("Arn", $"arn:aws:events:{input.Stack.Region}:{input.Stack.Account}:rule/{name}"));

    private Task<JsonNode?> Put(string name, ResourceInput input, CancellationToken cancellation)
    {
        var rule = new JsonObject { ["Name"] = name, ["EventPattern"] = input.Properties["EventPattern"]?.ToJsonString() };
        foreach (var member in texts.Where(member => input[member] is not null))
        {
            rule[member] = input[member];
        }

        return calls.Target("events", Api + "PutRule", rule, cancellation);
    }

    private Task PutTargets(string name, ResourceInput input, CancellationToken cancellation) => input.Properties["Targets"] is JsonArray { Count: > 0 } targets
        ? calls.Target("events", Api + "PutTargets", new JsonObject { ["Rule"] = name, ["Targets"] = targets.DeepClone() }, cancellation)
        : Task.CompletedTask;

    private Task RemoveTargets(string name, IEnumerable<string> ids, CancellationToken cancellation) => ids.ToArray() is { Length: > 0 } gone
        ? calls.Target("events", Api + "RemoveTargets", new JsonObject { ["Rule"] = name, ["Ids"] = new JsonArray([.. gone.Select(id => (JsonNode)id)]) }, cancellation)
        : Task.CompletedTask;
}
