using System.Text.Json.Serialization;

namespace ScarNet.Cli.Deploy;

/// <summary>What has to be done, in an order in which it can be done.</summary>
/// <param name="Steps">A step's prerequisites come before it.</param>
public sealed record DeployPlan(IReadOnlyList<Step> Steps)
{
    /// <summary>Whether everything is as it should be.</summary>
    [JsonIgnore]
    public bool IsEmpty => Steps.All(step => step.Kind == StepKind.Keep);

    /// <summary>What may go wrong although the plan can be carried out.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What stays although it belongs to what is removed, each with the reason.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];
}
