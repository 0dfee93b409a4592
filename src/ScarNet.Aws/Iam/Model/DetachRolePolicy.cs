using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class DetachRolePolicyRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? PolicyArn { get; set; }
}

public sealed class DetachRolePolicyResponse : AmazonWebServiceResponse;
