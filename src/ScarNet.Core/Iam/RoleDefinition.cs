namespace ScarNet.Core.Iam;

/// <summary>A role as it should be.</summary>
/// <param name="Name">Of at most 64 characters.</param>
/// <param name="Trust">Who may take it.</param>
/// <param name="Policy">What it may do.</param>
public sealed record RoleDefinition(string Name, PolicyDocument Trust, PolicyDocument Policy)
{
    /// <summary>Where all of ScarNet's roles are.</summary>
    public const string Path = "/scarnet/";

    /// <summary>Name of its inline policy.</summary>
    public const string PolicyName = "scarnet";

    /// <summary>Of its ARN.</summary>
    public string Arn(AwsPlace place) => place.Role(Path, Name);
}
