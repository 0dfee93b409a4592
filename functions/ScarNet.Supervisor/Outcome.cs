using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor;

/// <summary>What became of one record of an event.</summary>
/// <param name="Kind">The short of it.</param>
internal sealed record Outcome(Outcome.Kinds Kind)
{
    public enum Kinds
    {
        Succeeded,
        Failed,

        /// <summary>A Batch job carries on.</summary>
        Submitted,

        /// <summary>The object was gone or replaced.</summary>
        Superseded,

        /// <summary>Done already, or another one is at it.</summary>
        Duplicate,

        /// <summary>Nothing for this function, or work that was done before.</summary>
        Skipped,
    }

    public string? InvocationId { get; init; }

    public ObjectPath? Source { get; init; }

    public int? ExitCode { get; init; }

    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    public string? JobId { get; init; }

    /// <summary>Why it failed or was passed over, as one line.</summary>
    public string? Reason { get; init; }

    public string? TaskId { get; init; }
}
