using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class PutRolePermissionsBoundaryRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    /// <summary>ARN of a managed policy.</summary>
    public string? PermissionsBoundary { get; set; }
}

public sealed class PutRolePermissionsBoundaryResponse : AmazonWebServiceResponse;
