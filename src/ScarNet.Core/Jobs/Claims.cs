namespace ScarNet.Core.Jobs;

/// <summary>The claim protocol's decisions. They rest on nothing but the claim that was read, who asks, and the time.</summary>
public static class Claims
{
    /// <summary>What a Lambda request does about the claim it found.</summary>
    /// <remarks>
    /// Lambda keeps the request id through its retries and never runs two attempts of one request, so a valid lease of the same owner is
    /// left over from a crash. A failed claim is taken up by whoever asks: how often is for Lambda's and Batch's retries to bound.
    /// </remarks>
    public static ClaimDecision ForRequest(Claim found, string requestId, DateTimeOffset now) => found switch
    {
        { State: ClaimState.Done } => ClaimDecision.AlreadyDone,
        { JobId: not null, State: not ClaimState.Failed } => ClaimDecision.AskBatch,
        { State: ClaimState.Failed } => ClaimDecision.TakeOver,
        _ => found.Owner == requestId || found.LeaseUntil < now ? ClaimDecision.TakeOver : ClaimDecision.StandBack,
    };

    /// <summary>What a Batch job does about the claim it found.</summary>
    /// <remarks>
    /// The claim waits for the job it names; where it names none yet, the first job that comes is the one. Of two jobs for one invocation
    /// the second stands back.
    /// </remarks>
    public static ClaimDecision ForJob(Claim found, string jobId, DateTimeOffset now) => found switch
    {
        { State: ClaimState.Done } => ClaimDecision.AlreadyDone,
        { State: ClaimState.Failed } => ClaimDecision.TakeOver,
        { JobId: null, State: ClaimState.Submitting } => ClaimDecision.TakeOver,
        _ => found.Owner == jobId || found.JobId == jobId || found.LeaseUntil < now ? ClaimDecision.TakeOver : ClaimDecision.StandBack,
    };
}
