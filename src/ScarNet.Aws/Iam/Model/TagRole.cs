using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class TagRoleRequest : AmazonWebServiceRequest
{
    public string? RoleName { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class TagRoleResponse : AmazonWebServiceResponse;
