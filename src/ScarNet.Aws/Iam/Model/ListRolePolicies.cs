using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class ListRolePoliciesRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public string? Marker { get; set; }
}

public sealed class ListRolePoliciesResponse : AmazonWebServiceResponse
{
    public List<string> PolicyNames { get; set; } = [];

    /// <summary>What to ask for the next page; null on the last.</summary>
    public string? Marker { get; set; }
}
