using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Iam;

namespace ScarNet.Local.Access;

/// <summary>What the operations of IAM ask for: the operation's own name on the role or the managed policy that it goes by.</summary>
internal sealed class IamActions(RoleAccess access)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var form = IamForm.Read(context);
        var operation = form["Action"] ?? "";
        return [new($"iam:{operation}", IsOfPolicies(operation) ? Policy(operation, form) : Role(form))];
    }

    // AttachRolePolicy and its like name a policy too, and are the role's.
    private static bool IsOfPolicies(string operation) =>
        operation is "CreatePolicy" or "GetPolicy" or "DeletePolicy" or "ListPolicies" or "TagPolicy" or "UntagPolicy" or "ListPolicyTags" or "ListEntitiesForPolicy"
            or "CreatePolicyVersion" or "GetPolicyVersion" or "DeletePolicyVersion" or "ListPolicyVersions" or "SetDefaultPolicyVersion";

    private string Policy(string operation, IamForm form) => operation switch
    {
        "CreatePolicy" => access.Place.Policy(form["Path"] ?? "/", form["PolicyName"] ?? ""),
        "ListPolicies" => access.Place.Policy(form["PathPrefix"] ?? "/", ""),
        _ => form["PolicyArn"] ?? access.Place.Policy("/", ""),
    };

    private string Role(IamForm form) => form["RoleName"] is not { Length: > 0 } name ? access.Place.Role(form["PathPrefix"] ?? "/", "")
        : access.Find(name) is { } role ? access.Arn(role.Record)
        : access.Place.Role(form["Path"] ?? "/", name);
}
