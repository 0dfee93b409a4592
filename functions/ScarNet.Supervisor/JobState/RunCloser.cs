using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.JobState;

/// <summary>Writes the end of a job into its run record and its claim, where the supervisor in the job could not.</summary>
internal sealed class RunCloser(Documents documents, Log log)
{
    // Each round lost means that the job's own supervisor, or another request, has written the claim meanwhile.
    private const int MaxRounds = 4;

    /// <returns>Whether something was left to write.</returns>
    public async Task<bool> Close(JobEnd end, JobSpec spec, BatchEvent? work, CancellationToken cancellation)
    {
        var invocation = JobAftermath.InvocationOf(end, spec, work);
        var place = ArtifactKeys.Claim(spec.Function, invocation);
        for (var round = 1; round <= MaxRounds; round++)
        {
            var claim = await documents.Read(place, Json.Default.Claim, cancellation);
            var key = ArtifactKeys.Run(spec.Function, claim?.Content.Started ?? end.Created, invocation);
            var record = await documents.Read(key, Json.Default.RunRecord, cancellation);
            var left = JobAftermath.Of(end, spec, work, claim?.Content, record?.Content);

            // The record first: once the claim is closed, nobody comes back to write it.
            if (left.Record is { } written)
            {
                await documents.Write(key, written, Json.Default.RunRecord, cancellation);
                log.Info("run record written", ("function", spec.Function), ("invocation", invocation), ("jobId", end.JobId), ("reason", written.Error));
            }

            var closed = left.Claim is not { } next ? place
                : claim is { } found ? await documents.Replace(place, next, Json.Default.Claim, found.ETag, cancellation)
                : await documents.Create(place, next, Json.Default.Claim, cancellation);
            if (closed is not null)
            {
                return left.Record is not null || left.Claim is not null;
            }
        }

        throw new RunFailure(ExitCodes.UploadFailed, $"the claim '{place}' is written by others again and again");
    }
}
