using System.Globalization;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Batch;

/// <summary>
/// What a failed child of an array job ends with. AWS Batch fails an array as soon as one child has failed; so a child whose failure is
/// tolerated ends with 0. Each puts its mark into the artifact bucket first and counts then: S3 lists what was written before, so that of
/// too many failures the last one at least sees all.
/// </summary>
internal sealed class ToleratedFailures(Documents documents, Listing listing, JobSpec spec, Surroundings surroundings, Log log)
{
    /// <param name="exitCode">What the run ended with.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>0 for a success and for a failure that is tolerated.</returns>
    public async Task<int> Filter(int exitCode, CancellationToken cancellation)
    {
        // Who was told to end has not failed of itself; on a reclaimed machine Batch begins it anew.
        if (exitCode is 0 or ExitCodes.Terminated
            || Number(SupervisorVariables.ArrayTolerance) is not { } tolerance
            || Number("AWS_BATCH_JOB_ARRAY_INDEX") is not { } index
            || surroundings["AWS_BATCH_JOB_ID"]?.Split(':')[0] is not { Length: > 0 } job
            || RetryRules.Follows(spec.Retries, spec.RetryRules, Number("AWS_BATCH_JOB_ATTEMPT") ?? 1, exitCode))
        {
            return exitCode;
        }

        var prefix = ArtifactKeys.FailedChildren(spec.Function, job);
        await documents.Write(new Offload.Upload($"{prefix}{index}", "{}"u8.ToArray()), cancellation);
        var failed = 0;
        await foreach (var _ in listing.Below(spec.ArtifactBucket, prefix, cancellation))
        {
            failed++;
        }

        var isTolerated = failed <= tolerance;
        log.Warn(
            isTolerated ? "failure tolerated: the job ends with 0" : "too many children have failed",
            ("failed", failed), ("tolerated", tolerance), ("exitCode", exitCode));
        return isTolerated ? 0 : exitCode;
    }

    private int? Number(string variable) =>
        int.TryParse(surroundings[variable], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
