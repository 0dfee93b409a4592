using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class PutRolePolicyRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? PolicyName { get; set; }

    public string? PolicyDocument { get; set; }
}

public sealed class PutRolePolicyResponse : AmazonWebServiceResponse;
