using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::Batch::ComputeEnvironment and AWS::Batch::JobQueue: their calls have the same members, in camelCase.</summary>
/// <param name="calls">The engine's services.</param>
/// <param name="call">The call's noun, such as <c>jobqueue</c>.</param>
/// <param name="noun">The member that names it, such as <c>jobQueue</c>.</param>
internal sealed class BatchKind(EngineCalls calls, string call, string noun) : ResourceKind
{
    // Known to CloudFormation alone.
    private static readonly HashSet<string> own = ["ReplaceComputeEnvironment", "UpdatePolicy"];
    private static readonly HashSet<string> numbers = ["MinvCpus", "MaxvCpus", "DesiredvCpus", "Priority", "Order", "BidPercentage", "UnmanagedvCpus"];

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "ComputeEnvironmentName", "JobQueueName", "Type" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string> { Arn(noun) };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var request = Request(input.Properties);
        request[$"{noun}Name"] ??= input.Generated(128);
        var answer = await calls.Json("batch", "POST", $"/v1/create{call}", request, cancellation);
        return Made((string)answer![$"{noun}Arn"]!);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        var request = Request(input.Properties);
        request.Remove($"{noun}Name");
        request.Remove("type");
        request.Remove("tags");
        request[noun] = physicalId;
        if (request["computeResources"] is JsonObject resources)
        {
            resources.Remove("type");
            resources.Remove("tags");
        }

        await calls.Json("batch", "POST", $"/v1/update{call}", request, cancellation);
        return Made(physicalId);
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Tolerant(async () =>
    {
        await calls.Json("batch", "POST", $"/v1/update{call}", new JsonObject { [noun] = physicalId, ["state"] = "DISABLED" }, cancellation);
        await calls.Json("batch", "POST", $"/v1/delete{call}", new JsonObject { [noun] = physicalId }, cancellation);
    });

    private static string Arn(string noun) => $"{char.ToUpperInvariant(noun[0])}{noun[1..]}Arn";

    private Made Made(string arn) => new(arn, Attribute(Arn(noun), arn));

    private static JsonObject Request(JsonObject properties) => new(properties.Where(member => !own.Contains(member.Key)).Select(member =>
        KeyValuePair.Create($"{char.ToLowerInvariant(member.Key[0])}{member.Key[1..]}", Member(member.Key, member.Value))));

    private static JsonNode? Member(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonObject when name == "Tags" => value.DeepClone(), // their keys are the user's
        JsonObject map => Request(map),
        JsonArray list => new JsonArray([.. list.Select(item => Member("", item))]),
        JsonValue when numbers.Contains(name) => PropertyReading.Whole(value, name),
        _ => value.DeepClone(),
    };
}
