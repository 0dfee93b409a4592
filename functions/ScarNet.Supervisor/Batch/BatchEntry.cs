using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Batch;

/// <summary>A Batch job: one invocation, whose exit code is the job's.</summary>
internal sealed class BatchEntry(Carrier carrier, JobSpec spec, Surroundings surroundings, Log log)
{
    /// <param name="e">What the job works on; null when it was submitted without: the script then runs without an input.</param>
    /// <param name="jobId">AWS_BATCH_JOB_ID.</param>
    /// <param name="started">When the process started.</param>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task<int> Run(BatchEvent? e, string jobId, DateTimeOffset started, CancellationToken ended)
    {
        if (e?.Object is { } source && carrier.ReasonToSkip(source) is { } why)
        {
            log.Info("record passed over", ("reason", why));
            return 0;
        }

        var outcome = await carrier.Carry(
            new Work
            {
                Owner = jobId,
                RequestId = e?.RequestId ?? jobId,
                Source = e?.Object,
                Raw = e?.Raw,
                End = Supervision.EndOfJob(started, spec.BatchTimeoutSeconds),
                ArrayIndex = surroundings["AWS_BATCH_JOB_ARRAY_INDEX"],
            },
            ended);
        return outcome.Kind == Outcome.Kinds.Failed ? outcome.ExitCode ?? ExitCodes.Bug : 0;
    }
}
