namespace ScarNet.Cli.Deploy;

/// <summary>A job that has not ended; an array is one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Function">Whose it is; null when it comes from a job definition of somebody else.</param>
/// <param name="Status">SUBMITTED, PENDING, RUNNABLE, STARTING or RUNNING.</param>
/// <param name="IsArray">Whether it is an array, which stays PENDING while its children run.</param>
internal sealed record UnfinishedJob(string Id, string? Function, string Status, bool IsArray)
{
    /// <summary>Whether CancelJob ends it. What has begun, as children of an array may have, only TerminateJob ends.</summary>
    public bool Waits => !IsArray && Status is "SUBMITTED" or "PENDING" or "RUNNABLE";
}
