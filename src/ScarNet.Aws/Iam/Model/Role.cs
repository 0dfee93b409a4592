namespace ScarNet.Aws.Iam.Model;

public sealed class Role
{
    public string? RoleName { get; set; }

    public string? Path { get; set; }

    public string? Arn { get; set; }

    /// <summary>JSON, no longer URL-encoded.</summary>
    public string? AssumeRolePolicyDocument { get; set; }

    /// <summary>Not in the answers of ListRoles.</summary>
    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>Null: no limit; nor is it in the answers of ListRoles.</summary>
    public AttachedPermissionsBoundary? PermissionsBoundary { get; set; }
}
