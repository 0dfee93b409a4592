namespace ScarNet.Core.Iam;

/// <summary>One statement of a policy. Members that a policy leaves out are empty.</summary>
public sealed record PolicyStatement
{
    /// <summary>Names it within its policy: letters and digits.</summary>
    public string Sid { get; init; } = "";

    /// <summary>Whether it denies; else it allows.</summary>
    public bool Denies { get; init; }

    /// <summary>Such as <c>s3:GetObject</c>; '*' and '?' are wildcards, case does not count.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Every action but these.</summary>
    public IReadOnlyList<string> NotActions { get; init; } = [];

    /// <summary>ARNs with wildcards and variables.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Every resource but these.</summary>
    public IReadOnlyList<string> NotResources { get; init; } = [];

    /// <summary>All must hold.</summary>
    public IReadOnlyList<PolicyCondition> Conditions { get; init; } = [];

    /// <summary>Of a trust policy: services that may take the role.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];
}
