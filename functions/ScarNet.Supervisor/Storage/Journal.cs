using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>The run records of one function.</summary>
internal sealed class Journal(Documents documents, JobSpec spec, RunPlace place)
{
    /// <summary>The record of a run that has just begun.</summary>
    public RunRecord Begin(Work work, Claim claim) => new()
    {
        Function = spec.Function,
        Pipeline = spec.Pipeline,
        InvocationId = work.InvocationId,
        Status = RunStatus.Failed,
        RanIn = place.Name,
        RequestId = work.Owner,
        Attempt = place.Attempt ?? claim.Attempt,
        Source = work.Source,
        Started = TimeProvider.System.GetUtcNow(),
        Ended = default,
        LogGroup = place.LogGroup,
        LogStream = place.LogStream,
    };

    /// <summary>Writes the record under the day on which the invocation was first taken up, so that later attempts replace it.</summary>
    public Task Write(RunRecord record, Claim claim, CancellationToken cancellation)
    {
        var key = ArtifactKeys.Run(spec.Function, claim.Started, record.InvocationId);

        // The job may have ended, and written its own, before the submitter comes to write that it was submitted.
        return record.Status == RunStatus.Submitted && claim.Attempt == 1
            ? documents.Create(key, record, Json.Default.RunRecord, cancellation)
            : documents.Write(key, record, Json.Default.RunRecord, cancellation);
    }
}
