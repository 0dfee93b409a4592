namespace ScarNet.Core.Jobs;

/// <summary>How far the work of a claim is.</summary>
public enum ClaimState
{
    /// <summary>The owner runs the script.</summary>
    Running,

    /// <summary>The owner is about to submit a Batch job, or has done so and not yet said which.</summary>
    Submitting,

    /// <summary>A Batch job will take it up.</summary>
    Submitted,

    Failed,

    /// <summary>Nothing is left to do, ever.</summary>
    Done,
}
