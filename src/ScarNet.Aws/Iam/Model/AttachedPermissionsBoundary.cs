namespace ScarNet.Aws.Iam.Model;

/// <summary>The most that a role may do.</summary>
public sealed class AttachedPermissionsBoundary
{
    /// <summary>ARN of a managed policy.</summary>
    public string? PermissionsBoundaryArn { get; set; }
}
