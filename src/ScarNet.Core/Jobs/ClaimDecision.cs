namespace ScarNet.Core.Jobs;

/// <summary>What to do about a claim that exists already.</summary>
public enum ClaimDecision
{
    /// <summary>Write it anew under one's own name, only as it was read.</summary>
    TakeOver,

    /// <summary>The work was done: the event is a duplicate.</summary>
    AlreadyDone,

    /// <summary>Another owner is at it.</summary>
    StandBack,

    /// <summary>A Batch job has it: whether that job still lives decides.</summary>
    AskBatch,
}
