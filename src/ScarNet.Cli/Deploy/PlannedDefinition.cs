using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>The job definition of a function, and which revision of it the function is to submit to.</summary>
internal sealed class PlannedDefinition(Step step, string? revision)
{
    public Step Step { get; set; } = step;

    /// <summary>Revisions that may go once the function names the new one.</summary>
    public IReadOnlyList<JobDefinition> Old { get; init; } = [];

    /// <summary>name:revision; null until the step has registered it.</summary>
    public string? Revision { get; set; } = revision;
}
