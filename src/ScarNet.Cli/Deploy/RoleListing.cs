using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Iam.Model;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Every role of the account with its policy, in a few calls: for a file with many functions that is less than two calls for each of their
/// roles. Who may not list them is told of none here, and asks for each.
/// </summary>
internal sealed class RoleListing(Target target)
{
    private const int PageSize = 1000;

    /// <returns>By name; null when this identity may not list them.</returns>
    public async Task<IReadOnlyDictionary<string, FoundRole>?> Read(CancellationToken cancellation)
    {
        var found = new Dictionary<string, FoundRole>(StringComparer.OrdinalIgnoreCase); // as IAM compares names
        var request = new GetAccountAuthorizationDetailsRequest { Filter = ["Role"], MaxItems = PageSize };
        try
        {
            do
            {
                var page = await target.Clients.Iam.GetAccountAuthorizationDetailsAsync(request, cancellation);
                foreach (var role in page.RoleDetailList)
                {
                    found[role.RoleName ?? ""] = new(
                        role.RoleName ?? "",
                        role.Arn ?? "",
                        role.AssumeRolePolicyDocument ?? "",
                        role.RolePolicyList.GetValueOrDefault(RoleDefinition.PolicyName),
                        role.Tags,
                        role.PermissionsBoundary?.PermissionsBoundaryArn);
                }

                request.Marker = page.Marker;
            }
            while (request.Marker is not null);
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }

        return found;
    }
}
