using System.Text.Json.Serialization;

namespace ScarNet.Cli.Deploy;

/// <summary>One change of a plan, or the statement that one thing needs none.</summary>
public sealed record Step
{
    /// <summary>What it does.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>What kind of thing it is about: <c>bucket</c>, <c>function</c>, <c>job definition</c>, …</summary>
    public required string Resource { get; init; }

    /// <summary>The thing's name. With <see cref="Resource"/> unique in a plan.</summary>
    public required string Name { get; init; }

    /// <summary>Function of the pipeline it is for; null when it is for all.</summary>
    public string? Function { get; init; }

    /// <summary>Why, in a few words.</summary>
    public required string Reason { get; init; }

    public IReadOnlyList<StepChange> Changes { get; init; } = [];

    /// <summary>Steps that must be done before this one.</summary>
    [JsonIgnore]
    public IReadOnlyList<Step> After { get; init; } = [];

    /// <summary>Carries it out. Doing it again does no harm.</summary>
    [JsonIgnore]
    internal Func<StepRun, CancellationToken, Task> Action { get; init; } = static (_, _) => Task.CompletedTask;

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Resource} '{Name}'";
}
