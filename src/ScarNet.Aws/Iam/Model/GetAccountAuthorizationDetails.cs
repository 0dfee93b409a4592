using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class GetAccountAuthorizationDetailsRequest : AmazonWebServiceRequest
{
    /// <summary>Kinds of things: <c>Role</c>, <c>User</c>, <c>Group</c>, …; null is all.</summary>
    public List<string>? Filter { get; set; }

    public string? Marker { get; set; }

    /// <summary>1–1000; null is 100.</summary>
    public int? MaxItems { get; set; }
}

public sealed class GetAccountAuthorizationDetailsResponse : AmazonWebServiceResponse
{
    public List<RoleDetail> RoleDetailList { get; set; } = [];

    /// <summary>What asks for the next page; null on the last.</summary>
    public string? Marker { get; set; }
}
