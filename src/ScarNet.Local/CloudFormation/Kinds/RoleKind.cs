using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::IAM::Role with its inline policies. Managed policies and boundaries, which the engine does not have, stand in the stack's record only.</summary>
internal sealed class RoleKind(EngineCalls calls) : ResourceKind
{
    private const int MaxName = 64;

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "RoleName", "Path" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var name = input["RoleName"] ?? input.Generated(MaxName);
        var answer = await calls.Query(
            "iam",
            "CreateRole",
            [
                ("RoleName", name),
                ("Path", input["Path"]),
                ("Description", input["Description"]),
                ("AssumeRolePolicyDocument", input.Properties["AssumeRolePolicyDocument"]?.ToJsonString()),
                .. Tags(input.Properties),
            ],
            cancellation);
        await Grant(name, new Dictionary<string, string>(), input.Properties, cancellation);
        return Made(name, answer);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await calls.Query(
            "iam",
            "UpdateAssumeRolePolicy",
            [("RoleName", physicalId), ("PolicyDocument", input.Properties["AssumeRolePolicyDocument"]?.ToJsonString())],
            cancellation);
        await Grant(physicalId, Policies(before), input.Properties, cancellation);
        return Made(physicalId, await calls.Query("iam", "GetRole", [("RoleName", physicalId)], cancellation));
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Tolerant(async () =>
    {
        var listed = await calls.Query("iam", "ListRolePolicies", [("RoleName", physicalId)], cancellation);
        foreach (var policy in listed.Descendants().Where(element => element.Name.LocalName == "member"))
        {
            await calls.Query("iam", "DeleteRolePolicy", [("RoleName", physicalId), ("PolicyName", policy.Value)], cancellation);
        }

        await calls.Query("iam", "DeleteRole", [("RoleName", physicalId)], cancellation);
    });

    private async Task Grant(string role, IReadOnlyDictionary<string, string> before, JsonObject properties, CancellationToken cancellation)
    {
        var wanted = Policies(properties);
        foreach (var (name, document) in wanted)
        {
            await calls.Query("iam", "PutRolePolicy", [("RoleName", role), ("PolicyName", name), ("PolicyDocument", document)], cancellation);
        }

        foreach (var name in before.Keys.Except(wanted.Keys))
        {
            await Tolerant(() => calls.Query("iam", "DeleteRolePolicy", [("RoleName", role), ("PolicyName", name)], cancellation));
        }
    }

    private static Dictionary<string, string> Policies(JsonObject properties) =>
        (properties["Policies"] as JsonArray ?? []).ToDictionary(policy => (string)policy!["PolicyName"]!, policy => policy!["PolicyDocument"]!.ToJsonString());

    private static IEnumerable<(string, string?)> Tags(JsonObject properties) =>
        (properties["Tags"] as JsonArray ?? []).Index().SelectMany(tag => new[]
        {
            ($"Tags.member.{tag.Index + 1}.Key", (string?)tag.Item!["Key"]), ($"Tags.member.{tag.Index + 1}.Value", (string?)tag.Item["Value"]),
        });

    private static Made Made(string name, XElement answer) =>
        new(name, Attribute("Arn", answer.Descendants().First(element => element.Name.LocalName == "Arn").Value));
}
