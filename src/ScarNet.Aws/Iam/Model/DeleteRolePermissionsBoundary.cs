using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class DeleteRolePermissionsBoundaryRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }
}

public sealed class DeleteRolePermissionsBoundaryResponse : AmazonWebServiceResponse;
