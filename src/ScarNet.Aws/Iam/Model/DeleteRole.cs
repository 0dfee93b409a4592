using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class DeleteRoleRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }
}

public sealed class DeleteRoleResponse : AmazonWebServiceResponse;
