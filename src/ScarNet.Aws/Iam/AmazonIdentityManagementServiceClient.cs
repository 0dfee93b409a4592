using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.Iam.Model;

namespace ScarNet.Aws.Iam;

/// <summary>IAM, as far as roles go: the query protocol. Members carry the names of the SDK's own client.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonIdentityManagementServiceClient(AWSCredentials? credentials, AmazonIdentityManagementServiceConfig config)
    : QueryClient(credentials, config, (message, inner, type, code, request, status) => new AmazonIdentityManagementServiceException(message, inner, type, code, request, status))
{
    internal const string Version = "2010-05-08";

    public Task<CreateRoleResponse> CreateRoleAsync(CreateRoleRequest request, CancellationToken cancellationToken = default) => Ask(
        "CreateRole",
        request,
        (r, form) => form.Add("Path", r.Path).Add("RoleName", r.RoleName).Add("AssumeRolePolicyDocument", r.AssumeRolePolicyDocument)
            .Add("Description", r.Description).Add("PermissionsBoundary", r.PermissionsBoundary).Add("Tags", r.Tags),
        result => new CreateRoleResponse { Role = RoleIn(result) },
        cancellationToken);

    public Task<GetRoleResponse> GetRoleAsync(GetRoleRequest request, CancellationToken cancellationToken = default) => Ask(
        "GetRole", request, (r, form) => form.Add("RoleName", r.RoleName), result => new GetRoleResponse { Role = RoleIn(result) }, cancellationToken);

    public Task<ListRolesResponse> ListRolesAsync(ListRolesRequest request, CancellationToken cancellationToken = default) => Ask(
        "ListRoles",
        request,
        (r, form) => form.Add("PathPrefix", r.PathPrefix).Add("Marker", r.Marker).Add("MaxItems", r.MaxItems?.ToString(CultureInfo.InvariantCulture)),
        result => new ListRolesResponse { Roles = [.. XmlAnswer.Members(result, "Roles").Select(RoleXml.Role)], Marker = XmlAnswer.Marker(result) },
        cancellationToken);

    public Task<GetAccountAuthorizationDetailsResponse> GetAccountAuthorizationDetailsAsync(
        GetAccountAuthorizationDetailsRequest request, CancellationToken cancellationToken = default) => Ask(
            "GetAccountAuthorizationDetails",
            request,
            (r, form) => form.Add("Filter", r.Filter).Add("Marker", r.Marker).Add("MaxItems", r.MaxItems?.ToString(CultureInfo.InvariantCulture)),
            result => new GetAccountAuthorizationDetailsResponse
            {
                RoleDetailList = [.. XmlAnswer.Members(result, "RoleDetailList").Select(RoleXml.Detail)],
                Marker = XmlAnswer.Marker(result),
            },
            cancellationToken);

    public Task<UpdateAssumeRolePolicyResponse> UpdateAssumeRolePolicyAsync(
        UpdateAssumeRolePolicyRequest request, CancellationToken cancellationToken = default) => Ask(
            "UpdateAssumeRolePolicy",
            request,
            (r, form) => form.Add("RoleName", r.RoleName).Add("PolicyDocument", r.PolicyDocument),
            _ => new UpdateAssumeRolePolicyResponse(),
            cancellationToken);

    public Task<DeleteRoleResponse> DeleteRoleAsync(DeleteRoleRequest request, CancellationToken cancellationToken = default) => Ask(
        "DeleteRole", request, (r, form) => form.Add("RoleName", r.RoleName), _ => new DeleteRoleResponse(), cancellationToken);

    public Task<TagRoleResponse> TagRoleAsync(TagRoleRequest request, CancellationToken cancellationToken = default) => Ask(
        "TagRole", request, (r, form) => form.Add("RoleName", r.RoleName).Add("Tags", r.Tags), _ => new TagRoleResponse(), cancellationToken);

    public Task<PutRolePermissionsBoundaryResponse> PutRolePermissionsBoundaryAsync(
        PutRolePermissionsBoundaryRequest request, CancellationToken cancellationToken = default) => Ask(
            "PutRolePermissionsBoundary",
            request,
            (r, form) => form.Add("RoleName", r.RoleName).Add("PermissionsBoundary", r.PermissionsBoundary),
            _ => new PutRolePermissionsBoundaryResponse(),
            cancellationToken);

    public Task<DeleteRolePermissionsBoundaryResponse> DeleteRolePermissionsBoundaryAsync(
        DeleteRolePermissionsBoundaryRequest request, CancellationToken cancellationToken = default) => Ask(
            "DeleteRolePermissionsBoundary",
            request,
            (r, form) => form.Add("RoleName", r.RoleName),
            _ => new DeleteRolePermissionsBoundaryResponse(),
            cancellationToken);

    public Task<PutRolePolicyResponse> PutRolePolicyAsync(PutRolePolicyRequest request, CancellationToken cancellationToken = default) => Ask(
        "PutRolePolicy",
        request,
        (r, form) => form.Add("RoleName", r.RoleName).Add("PolicyName", r.PolicyName).Add("PolicyDocument", r.PolicyDocument),
        _ => new PutRolePolicyResponse(),
        cancellationToken);

    public Task<GetRolePolicyResponse> GetRolePolicyAsync(GetRolePolicyRequest request, CancellationToken cancellationToken = default) => Ask(
        "GetRolePolicy",
        request,
        (r, form) => form.Add("RoleName", r.RoleName).Add("PolicyName", r.PolicyName),
        result => new GetRolePolicyResponse { PolicyDocument = XmlAnswer.Policy(result, "PolicyDocument") },
        cancellationToken);

    public Task<ListRolePoliciesResponse> ListRolePoliciesAsync(ListRolePoliciesRequest request, CancellationToken cancellationToken = default) => Ask(
        "ListRolePolicies",
        request,
        (r, form) => form.Add("RoleName", r.RoleName).Add("Marker", r.Marker),
        result => new ListRolePoliciesResponse
        {
            PolicyNames = [.. XmlAnswer.Members(result, "PolicyNames").Select(name => name.Value)],
            Marker = XmlAnswer.Marker(result),
        },
        cancellationToken);

    public Task<DeleteRolePolicyResponse> DeleteRolePolicyAsync(DeleteRolePolicyRequest request, CancellationToken cancellationToken = default) => Ask(
        "DeleteRolePolicy",
        request,
        (r, form) => form.Add("RoleName", r.RoleName).Add("PolicyName", r.PolicyName),
        _ => new DeleteRolePolicyResponse(),
        cancellationToken);

    public Task<ListAttachedRolePoliciesResponse> ListAttachedRolePoliciesAsync(
        ListAttachedRolePoliciesRequest request, CancellationToken cancellationToken = default) => Ask(
            "ListAttachedRolePolicies",
            request,
            (r, form) => form.Add("RoleName", r.RoleName).Add("Marker", r.Marker),
            result => new ListAttachedRolePoliciesResponse
            {
                PolicyArns = [.. XmlAnswer.Members(result, "AttachedPolicies").Select(policy => XmlAnswer.Text(policy, "PolicyArn")).OfType<string>()],
                Marker = XmlAnswer.Marker(result),
            },
            cancellationToken);

    public Task<DetachRolePolicyResponse> DetachRolePolicyAsync(DetachRolePolicyRequest request, CancellationToken cancellationToken = default) => Ask(
        "DetachRolePolicy",
        request,
        (r, form) => form.Add("RoleName", r.RoleName).Add("PolicyArn", r.PolicyArn),
        _ => new DetachRolePolicyResponse(),
        cancellationToken);

    private static Role? RoleIn(XElement result) => XmlAnswer.Child(result, "Role") is { } role ? RoleXml.Role(role) : null;
}
