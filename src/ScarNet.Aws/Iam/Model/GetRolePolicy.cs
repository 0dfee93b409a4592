using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class GetRolePolicyRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? PolicyName { get; set; }
}

public sealed class GetRolePolicyResponse : AmazonWebServiceResponse
{
    /// <summary>JSON, no longer URL-encoded.</summary>
    public string? PolicyDocument { get; set; }
}
