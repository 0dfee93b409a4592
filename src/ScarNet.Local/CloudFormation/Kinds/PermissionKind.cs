using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::Lambda::Permission: a statement of a function's policy.</summary>
internal sealed class PermissionKind(EngineCalls calls) : ResourceKind
{
    private static readonly string[] members = ["Action", "Principal", "SourceArn", "SourceAccount", "PrincipalOrgID"];

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string>(members) { "FunctionName" };

    public override IReadOnlySet<string> Attributes { get; } = new HashSet<string>();

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var id = input.Generated();
        var request = new JsonObject { ["StatementId"] = id };
        foreach (var member in members)
        {
            request[member] = input.Properties[member]?.DeepClone();
        }

        var path = Path(input.Properties);
        await input.Make(id, isOurs: true, () => calls.Json("lambda", "POST", path, request, cancellation));
        return new(id, new Dictionary<string, string>());
    }

    public override Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation) =>
        Task.FromResult(new Made(physicalId, new Dictionary<string, string>()));

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.Json("lambda", "DELETE", $"{Path(properties)}/{physicalId}", null, cancellation));

    private static string Path(JsonObject properties) =>
        $"/2015-03-31/functions/{Uri.EscapeDataString(properties.Text("FunctionName"))}/policy";
}
