using ScarNet.Core.Events;

namespace ScarNet.Core.Jobs;

/// <summary>What is left to write when a job has ended whose supervisor may not have come to write it.</summary>
/// <param name="Record">The run record to write; null when it is written.</param>
/// <param name="Claim">The claim as it must be; null when it is closed, or another's.</param>
public sealed record JobAftermath(RunRecord? Record, Claim? Claim)
{
    private const string JobLogs = "/aws/batch/job";

    private static readonly JobAftermath nothing = new(null, null);

    /// <param name="end">How the job ended.</param>
    /// <param name="spec">Its function.</param>
    /// <param name="work">What it worked on; null when it was submitted without an event.</param>
    /// <param name="claim">As it is; null when there is none.</param>
    /// <param name="record">As it is; null when there is none.</param>
    public static JobAftermath Of(JobEnd end, JobSpec spec, BatchEvent? work, Claim? claim, RunRecord? record)
    {
        if (!end.Failed || claim?.State == ClaimState.Done || (claim is not null && !IsOf(end, claim)))
        {
            return nothing;
        }

        var told = record is not null && record.RequestId == end.JobId && record.Status != RunStatus.Submitted
            && (claim?.State == ClaimState.Failed || record.Attempt >= end.Attempts);
        var state = told && record!.Status != RunStatus.Failed ? ClaimState.Done : ClaimState.Failed;
        return new(
            told ? null : Failed(end, spec, work, record),
            claim?.State == state ? null : Close(end, work, claim, state, told ? record!.Outputs : []));
    }

    /// <summary>Id of the invocation that a job carries.</summary>
    public static string InvocationOf(JobEnd end, JobSpec spec, BatchEvent? work) => work?.Object is { } source
        ? Invocation.IdOf(spec.Function, source)
        : Invocation.IdOf(spec.Function, work?.RequestId ?? end.JobId);

    // A claim that is about to be handed over names the job, but not yet its id.
    private static bool IsOf(JobEnd end, Claim claim) => claim.JobId is { } job ? job == end.JobId
        : claim.Owner == end.JobId
        || (claim.State == ClaimState.Submitting && (claim.JobName == end.JobName || end.ArrayIndex is not null));

    private static RunRecord Failed(JobEnd end, JobSpec spec, BatchEvent? work, RunRecord? before)
    {
        var record = before ?? new RunRecord
        {
            Function = spec.Function,
            Pipeline = spec.Pipeline,
            InvocationId = InvocationOf(end, spec, work),
            Status = RunStatus.Failed,
            RanIn = "",
            RequestId = "",
            Started = default,
            Ended = default,
            Source = work?.Object,
        };
        return record with
        {
            Status = RunStatus.Failed,
            RanIn = "batch",
            RequestId = end.JobId,
            JobId = end.JobId,
            Attempt = end.Attempts,
            Started = end.Started ?? end.Created,
            Ended = end.Ended,
            ExitCode = end.ExitCode ?? (IsOfTheImage(end.Reason) ? ExitCodes.ImageProblem : null),
            Error = $"AWS Batch ended the job: {end.Reason ?? (end.ExitCode is { } code ? ExitCodes.Describe(code, "the job") : "it does not say why")}",
            LogGroup = JobLogs,
            LogStream = end.LogStream,
        };
    }

    private static bool IsOfTheImage(string? reason) => reason?.Contains("CannotPullContainer", StringComparison.Ordinal) == true;

    private static Claim Close(JobEnd end, BatchEvent? work, Claim? claim, ClaimState state, IReadOnlyList<RunOutput> outputs)
    {
        var next = claim ?? new Claim
        {
            State = state,
            Owner = end.JobId,
            LeaseUntil = end.Ended,
            Started = end.Created,
            Event = work?.Object,
            JobName = end.JobName,
        };
        return next with { State = state, Owner = end.JobId, JobId = end.JobId, Outputs = outputs };
    }
}
