namespace ScarNet.Core.Jobs;

/// <summary>How an invocation ended.</summary>
public enum RunStatus
{
    Succeeded,
    Failed,

    /// <summary>A Batch job carries on: the record of that job tells the rest.</summary>
    Submitted,

    /// <summary>The object was gone or replaced before it was read: its newer version has an event of its own.</summary>
    Superseded,

    /// <summary>The same work had been done before, and its outputs are still there: nothing was copied or run. See <see cref="RunRecord.SameAs"/>.</summary>
    Skipped,
}
