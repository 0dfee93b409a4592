using Amazon.Runtime;

namespace ScarNet.Aws.Iam.Model;

public sealed class CreateRoleRequest : AmazonWebServiceRequest
{
    public string? AssumeRolePolicyDocument { get; set; }

    public string? Path { get; set; }

    public string? RoleName { get; set; }

    public string? Description { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    /// <summary>ARN of a managed policy: the most that the role may do. Null: no limit.</summary>
    public string? PermissionsBoundary { get; set; }
}

public sealed class CreateRoleResponse : AmazonWebServiceResponse
{
    /// <summary>The role.</summary>
    public Role? Role { get; set; }
}
