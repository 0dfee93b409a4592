using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class GetRoleRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }
}

public sealed class GetRoleResponse : AmazonWebServiceResponse
{
    /// <summary>The role.</summary>
    public Role? Role { get; set; }
}
