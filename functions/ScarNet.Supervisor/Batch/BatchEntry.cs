using ScarNet.Core.Jobs;
using ScarNet.Supervisor.InPhases;

namespace ScarNet.Supervisor.Batch;

/// <summary>A Batch job: one invocation, whose exit code is the job's.</summary>
internal sealed class BatchEntry(Carrier carrier, JobSpec spec, IReadOnlyDictionary<string, string> parameters, Surroundings surroundings, Log log)
{
    /// <param name="e">What the job works on; null when it was submitted without: the script then runs without an input.</param>
    /// <param name="jobId">AWS_BATCH_JOB_ID.</param>
    /// <param name="started">When the process started.</param>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task<int> Run(BatchEvent? e, string jobId, DateTimeOffset started, CancellationToken ended)
    {
        if (IsPassedOver(e))
        {
            return 0;
        }

        var outcome = await carrier.Carry(WorkOf(e, jobId, started), ended);
        return outcome.Kind == Outcome.Kinds.Failed ? outcome.ExitCode ?? ExitCodes.Bug : 0;
    }

    /// <summary>The same as far as the script, which another container of the task runs.</summary>
    /// <param name="e">What the job works on.</param>
    /// <param name="jobId">AWS_BATCH_JOB_ID.</param>
    /// <param name="started">When the process started.</param>
    /// <param name="shared">The task's volume.</param>
    /// <param name="ended">The supervisor's own end.</param>
    public async Task StageIn(BatchEvent? e, string jobId, DateTimeOffset started, SharedVolume shared, CancellationToken ended)
    {
        if (IsPassedOver(e))
        {
            shared.Hand(new Handed(0, null, null, null, null));
            return;
        }

        await carrier.StageIn(WorkOf(e, jobId, started), shared, ended);
    }

    private bool IsPassedOver(BatchEvent? e)
    {
        if (e?.Object is not { } source || carrier.ReasonToSkip(source) is not { } why)
        {
            return false;
        }

        log.Info("record passed over", ("reason", why));
        return true;
    }

    private Work WorkOf(BatchEvent? e, string jobId, DateTimeOffset started) => new()
    {
        Owner = jobId,
        RequestId = e?.RequestId ?? jobId,
        Source = e?.Object,
        Raw = e?.Raw,
        End = Supervision.EndOfJob(started, spec.BatchTimeoutSeconds),
        Parameters = parameters,
        ArrayIndex = surroundings["AWS_BATCH_JOB_ARRAY_INDEX"],
    };
}
