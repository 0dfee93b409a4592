using System.Text.Json.Nodes;
using System.Xml.Linq;
using ScarNet.Local.Iam;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::IAM::Role with its policies and its boundary. AWS's own policies that the engine does not know stand in the stack's record only.</summary>
internal sealed class RoleKind(EngineCalls calls) : ResourceKind
{
    private const int MaxName = 64;

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "RoleName", "Path" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (name, isOurs) = input.NameOf("RoleName", MaxName);
        var (policies, attached) = (Policies(input.Properties), Attached(input.Properties));
        (string, string?)[] role =
        [
            ("RoleName", name),
            ("Path", input["Path"]),
            ("Description", input["Description"]),
            ("AssumeRolePolicyDocument", input.Properties.Document("AssumeRolePolicyDocument")),
            ("PermissionsBoundary", input["PermissionsBoundary"]),
            .. Tags(input.Properties),
        ];
        XElement? answer = null;
        await input.Make(name, isOurs, async () => answer = await calls.Query("iam", "CreateRole", role, cancellation));
        await Grant(name, new Dictionary<string, string>(), policies, cancellation);
        await Attach(name, [], attached, cancellation);
        return Made(name, answer!);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        await calls.Query(
            "iam",
            "UpdateAssumeRolePolicy",
            [("RoleName", physicalId), ("PolicyDocument", input.Properties.Document("AssumeRolePolicyDocument"))],
            cancellation);
        await Grant(physicalId, Policies(before), Policies(input.Properties), cancellation);
        await Attach(physicalId, Attached(before), Attached(input.Properties), cancellation);
        await Bound(physicalId, before["PermissionsBoundary"] is not null, input["PermissionsBoundary"], cancellation);
        return Made(physicalId, await calls.Query("iam", "GetRole", [("RoleName", physicalId)], cancellation));
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) => Tolerant(async () =>
    {
        var listed = await calls.Query("iam", "ListRolePolicies", [("RoleName", physicalId)], cancellation);
        foreach (var policy in listed.Descendants().Where(element => element.Name.LocalName == "member"))
        {
            await calls.Query("iam", "DeleteRolePolicy", [("RoleName", physicalId), ("PolicyName", policy.Value)], cancellation);
        }

        await Attach(physicalId, Attached(properties), [], cancellation);
        await calls.Query("iam", "DeleteRole", [("RoleName", physicalId)], cancellation);
    });

    private async Task Grant(string role, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellation)
    {
        foreach (var (name, document) in wanted)
        {
            await calls.Query("iam", "PutRolePolicy", [("RoleName", role), ("PolicyName", name), ("PolicyDocument", document)], cancellation);
        }

        foreach (var name in before.Keys.Except(wanted.Keys))
        {
            await Tolerant(() => calls.Query("iam", "DeleteRolePolicy", [("RoleName", role), ("PolicyName", name)], cancellation));
        }
    }

    private async Task Attach(string role, IReadOnlyCollection<string> before, IReadOnlyCollection<string> wanted, CancellationToken cancellation)
    {
        foreach (var arn in wanted.Except(before))
        {
            await calls.Query("iam", "AttachRolePolicy", [("RoleName", role), ("PolicyArn", arn)], cancellation);
        }

        foreach (var arn in before.Except(wanted))
        {
            await Tolerant(() => calls.Query("iam", "DetachRolePolicy", [("RoleName", role), ("PolicyArn", arn)], cancellation));
        }
    }

    private async Task Bound(string role, bool wasBound, string? boundary, CancellationToken cancellation)
    {
        if (boundary is not null)
        {
            await calls.Query("iam", "PutRolePermissionsBoundary", [("RoleName", role), ("PermissionsBoundary", boundary)], cancellation);
        }
        else if (wasBound)
        {
            await Tolerant(() => calls.Query("iam", "DeleteRolePermissionsBoundary", [("RoleName", role)], cancellation));
        }
    }

    private static string[] Attached(JsonObject properties) => [.. properties.Texts("ManagedPolicyArns").Where(arn => !KnownPolicies.IsUnknown(arn))];

    private static IReadOnlyDictionary<string, string> Policies(JsonObject properties) =>
        PropertyReading.Unique(properties.Items("Policies"), policy => policy.Text("PolicyName"), policy => policy.Document("PolicyDocument"), "policy name");

    private static IEnumerable<(string, string?)> Tags(JsonObject properties) => properties.Tags().Index().SelectMany(tag => new[]
    {
        ($"Tags.member.{tag.Index + 1}.Key", tag.Item.Key), ($"Tags.member.{tag.Index + 1}.Value", (string?)tag.Item.Value),
    });

    private static Made Made(string name, XElement answer) =>
        new(name, Attribute("Arn", answer.Descendants().First(element => element.Name.LocalName == "Arn").Value));
}
