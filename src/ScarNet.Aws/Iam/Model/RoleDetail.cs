namespace ScarNet.Aws.Iam.Model;

/// <summary>A role with its inline policies and tags.</summary>
public sealed class RoleDetail
{
    public string? RoleName { get; set; }

    public string? Arn { get; set; }

    /// <summary>JSON, no longer URL-encoded.</summary>
    public string? AssumeRolePolicyDocument { get; set; }

    /// <summary>Inline policies: name → JSON.</summary>
    public Dictionary<string, string> RolePolicyList { get; set; } = [];

    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>Null: no limit.</summary>
    public AttachedPermissionsBoundary? PermissionsBoundary { get; set; }
}
