using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ScarNet.Core.Iam;
using ScarNet.Local.Iam;

namespace ScarNet.Local.Access;

/// <summary>What the operations of IAM ask for: the operation's own name on a role or a managed policy.</summary>
internal sealed class IamActions(RoleAccess access)
{
    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        var form = new IamForm(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(RequestBody.Bytes(context))));
        var action = $"iam:{form["Action"]}";
        if (form["RoleName"] is null && (form["PolicyArn"] ?? form["PolicyName"]) is { } policy)
        {
            return [new(action, AwsPlace.IsArn(policy) ? policy : access.Place.Policy(form["Path"] ?? "/", policy))];
        }

        return form["RoleName"] is { Length: > 0 } name
            ? [new(action, access.Find(name) is { } role ? access.Arn(role.Record) : access.Place.Role(form["Path"] ?? "/", name))]
            : [new(action, access.Place.Role(form["PathPrefix"] ?? "/", ""))];
    }
}
