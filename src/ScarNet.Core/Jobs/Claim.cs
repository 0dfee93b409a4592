using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>
/// The object behind <see cref="ArtifactKeys.Claim"/>: who does the work of an invocation. Created only where there is none, changed
/// only as it was read.
/// </summary>
public sealed record Claim
{
    public required ClaimState State { get; init; }

    /// <summary>Lambda request id or Batch job id of who wrote it last.</summary>
    public required string Owner { get; init; }

    /// <summary>From 1; how often the work was taken up.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>After this another owner may take over.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>When the work was first taken up: names the day of its run record.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What it is about; null for other data.</summary>
    public ObjectEvent? Event { get; init; }

    /// <summary>Name of the Batch job, known before it is submitted, so that a job without an id here can be found again.</summary>
    public string? JobName { get; init; }

    public string? JobId { get; init; }

    public IReadOnlyList<RunOutput> Outputs { get; init => field = value ?? []; } = [];
}
