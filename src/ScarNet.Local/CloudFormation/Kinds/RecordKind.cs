using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>Types that the engine has nothing for: the stack has a record of them, under an id as AWS would give, and nothing else happens.</summary>
internal sealed class RecordKind : ResourceKind
{
    private static readonly Dictionary<string, (string Name, string Id)> ids = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::InstanceProfile"] = ("InstanceProfileName", "{name}"),
    };

    private static readonly Dictionary<string, string> arns = new(StringComparer.Ordinal)
    {
        ["AWS::IAM::InstanceProfile"] = "arn:aws:iam::{account}:instance-profile{path}{name}",
    };

    public override IReadOnlySet<string> Unchangeable { get; } =
        new HashSet<string> { "InstanceProfileName", "Path", "Bucket" };

    public override Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (member, shape) = ids.GetValueOrDefault(input.Type, ("", "{name}"));
        var name = input[member] ?? input.Generated();
        return Task.FromResult(Made(input, name, shape));
    }

    public override Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation) =>
        Task.FromResult(Made(input, physicalId[(physicalId.LastIndexOfAny([':', '/']) + 1)..], ids.TryGetValue(input.Type, out var known) ? known.Id : physicalId));

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Task.CompletedTask;

    private static Made Made(ResourceInput input, string name, string shape)
    {
        var id = Fill(shape, input, name);
        return new(id, Attribute("Arn", arns.TryGetValue(input.Type, out var arn) ? Fill(arn, input, name) : id));
    }

    private static string Fill(string shape, ResourceInput input, string name) => shape
        .Replace("{account}", input.Stack.Account, StringComparison.Ordinal).Replace("{region}", input.Stack.Region, StringComparison.Ordinal)
        .Replace("{path}", input["Path"] ?? "/", StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
}
