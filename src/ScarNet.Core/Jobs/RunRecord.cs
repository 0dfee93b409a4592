using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>What an invocation did. Written to <see cref="ArtifactKeys.Run"/> when it ends, whatever its end.</summary>
public sealed record RunRecord
{
    public required string Function { get; init; }

    public required string Pipeline { get; init; }

    public required string InvocationId { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>lambda or batch: where the script ran.</summary>
    public required string RanIn { get; init; }

    /// <summary>Lambda request id or Batch job id.</summary>
    public required string RequestId { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>The object it worked on; null for other data.</summary>
    public ObjectEvent? Source { get; init; }

    /// <summary>Invocation whose output the source is; null when a person put it there.</summary>
    public string? ParentInvocationId { get; init; }

    public int Hops { get; init; }

    /// <summary>What was read besides <see cref="Source"/>.</summary>
    public IReadOnlyList<RunInput> Inputs { get; init => field = value ?? []; } = [];

    public IReadOnlyList<RunOutput> Outputs { get; init => field = value ?? []; } = [];

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>Exit code of the script, or one of <see cref="ExitCodes"/>; null when nothing was run.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What went wrong, as one line; null when nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>The last that a script which failed wrote to standard error: at most <see cref="OutputTail.Bytes"/>; null when that is nothing.</summary>
    public string? ErrorTail { get; init; }

    /// <summary>The invocation that had done the same work, whose outputs these are; null when this one did its own.</summary>
    public string? SameAs { get; init; }

    public string? LogGroup { get; init; }

    public string? LogStream { get; init; }

    /// <summary>Batch job that the invocation was handed to; null when it was not.</summary>
    public string? JobId { get; init; }
}
