using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class DeleteRolePolicyRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? PolicyName { get; set; }
}

public sealed class DeleteRolePolicyResponse : AmazonWebServiceResponse;
