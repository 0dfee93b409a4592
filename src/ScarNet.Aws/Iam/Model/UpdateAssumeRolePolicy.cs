using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class UpdateAssumeRolePolicyRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? PolicyDocument { get; set; }
}

public sealed class UpdateAssumeRolePolicyResponse : AmazonWebServiceResponse;
