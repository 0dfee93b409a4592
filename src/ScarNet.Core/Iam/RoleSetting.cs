using ScarNet.Core.Functions;

namespace ScarNet.Core.Iam;

/// <summary>Where the roles of functions are to hold.</summary>
/// <param name="Place">Account and region.</param>
/// <param name="Pipeline">All functions: what one encrypts, the next must be able to read.</param>
public sealed record RoleSetting(AwsPlace Place, IReadOnlyList<FunctionDefinition> Pipeline)
{
    /// <summary>Claims, run records and what was deployed.</summary>
    public required string ArtifactBucket { get; init; }

    /// <summary>Queue that the function's jobs go to, by name or ARN; null when it has none.</summary>
    public string? Queue { get; init; }

    /// <summary>Name of its job definition, without revision.</summary>
    public required string JobDefinition { get; init; }

    /// <summary>Name of its log group.</summary>
    public required string LogGroup { get; init; }
}
