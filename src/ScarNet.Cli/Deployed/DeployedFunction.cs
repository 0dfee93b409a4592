using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deployed;

/// <summary>A function as it stands in an account.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pipeline">The pipeline it was made for.</param>
/// <param name="State">Lambda's word for it: Active, Pending, Inactive or Failed.</param>
/// <param name="Image">The image its script runs in; null when it has none.</param>
/// <param name="Spec">What its supervisor knows; null when that was removed from the artifact bucket.</param>
internal sealed record DeployedFunction(string Name, string Pipeline, string State, string? Image, JobSpec? Spec)
{
    /// <summary>The version that is called; null when it has no alias.</summary>
    public int? Version { get; init; }

    /// <summary>Alias by which it is called; null when it has none.</summary>
    public string? Qualifier => Version is null ? null : Names.Live;

    /// <summary>Queue that its Batch jobs go to; null when it has none.</summary>
    public string? JobQueue { get; init; }

    /// <summary>Name and revision of their definition, as the function itself submits them.</summary>
    public string? JobDefinition { get; init; }

    /// <summary>ARN of what Lambda runs it as.</summary>
    public string Role { get; init; } = "";

    /// <summary>Ids of the subnets that it is in; none outside of a VPC.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Ids of its security groups there.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    public string Mode => Spec?.Mode.Format() ?? "-";
}
