using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class ListAttachedRolePoliciesRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? Marker { get; set; }
}

public sealed class ListAttachedRolePoliciesResponse : AmazonWebServiceResponse
{
    /// <summary>ARNs of managed policies.</summary>
    public List<string> PolicyArns { get; set; } = [];

    /// <summary>What to ask for the next page; null on the last.</summary>
    public string? Marker { get; set; }
}
