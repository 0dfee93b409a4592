using ScarNet.Aws.Batch;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Batch;

/// <summary>Hands an invocation to AWS Batch: one job for one invocation, whatever happens in between.</summary>
/// <param name="batch">The service.</param>
/// <param name="documents">The artifact bucket.</param>
/// <param name="claims">The function's claims.</param>
/// <param name="spec">The function.</param>
/// <param name="queue">Name or ARN.</param>
/// <param name="definition">Name and revision.</param>
internal sealed class JobHandover(
    Lazy<AmazonBatchClient> batch, Documents documents, ClaimStore claims, JobSpec spec, string queue, string definition)
{
    /// <summary>Name of the job of an invocation.</summary>
    public string JobName(Work work) => JobNames.Of(spec.Function, work.Source?.Object.Key, work.InvocationId);

    /// <summary>Submits the job and writes its id into the claim.</summary>
    /// <param name="work">The invocation.</param>
    /// <param name="held">Its claim, in the state <see cref="ClaimState.Submitting"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The job's id.</returns>
    public async Task<string> Submit(Work work, HeldClaim held, CancellationToken cancellation)
    {
        var mayBeThere = held.Previous is { State: ClaimState.Submitting };
        var jobId = mayBeThere ? await Find(JobName(work), cancellation) : null;
        jobId ??= await SubmitNew(work, cancellation);

        // When this fails, the job has started and taken the claim: it names itself.
        await claims.Update(work.InvocationId, held, held.Claim with { State = ClaimState.Submitted, JobId = jobId }, cancellation);
        return jobId;
    }

    /// <summary>Whether a job has come to nothing, so that its invocation may be taken up anew.</summary>
    public async Task<bool> IsDead(string jobId, CancellationToken cancellation)
    {
        var answer = await batch.Value.DescribeJobsAsync(new DescribeJobsRequest { Jobs = [jobId] }, cancellation);
        return answer.Jobs is not [{ Status: not "FAILED" }];
    }

    // A supervisor that was killed between SubmitJob and the claim's next write left a job that only its name leads to.
    private async Task<string?> Find(string jobName, CancellationToken cancellation)
    {
        var request = new ListJobsRequest { JobQueue = queue, Filters = [new() { Name = "JOB_NAME", Values = [jobName] }] };
        do
        {
            var page = await batch.Value.ListJobsAsync(request, cancellation);
            if (page.JobSummaryList?.Find(job => job.JobName == jobName && job.Status != "FAILED") is { JobId: { } jobId })
            {
                return jobId;
            }

            request.NextToken = page.NextToken;
        }
        while (request.NextToken is not null);
        return null;
    }

    private async Task<string> SubmitNew(Work work, CancellationToken cancellation)
    {
        var given = spec.Parameters.Count == 0 ? new Dictionary<string, string>() : work.Parameters;
        var overrides = new JobOverrides(spec, Parameters.Values(spec.Function, spec.Parameters, given));
        var placement = Offload.OfEvent(new BatchEvent(work.Source, work.Raw, work.RequestId), spec, overrides.Length);
        var request = new SubmitJobRequest { JobName = JobName(work), JobQueue = queue, JobDefinition = definition };
        overrides.Put(request, placement.Environment);
        foreach (var upload in placement.Uploads)
        {
            await documents.Write(upload, cancellation);
        }

        var answer = await batch.Value.SubmitJobAsync(request, cancellation);
        return answer.JobId ?? throw new ScarException($"Batch took the job '{request.JobName}' without giving it an id");
    }
}
