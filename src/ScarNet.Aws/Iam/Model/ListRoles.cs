using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class ListRolesRequest : AmazonWebServiceRequest
{
    public string? PathPrefix { get; set; }

    public string? Marker { get; set; }

    public int? MaxItems { get; set; }
}

public sealed class ListRolesResponse : AmazonWebServiceResponse
{
    public List<Role> Roles { get; set; } = [];

    /// <summary>What to ask for the next page; null on the last.</summary>
    public string? Marker { get; set; }
}
