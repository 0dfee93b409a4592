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

        await Name(work, held, jobId, cancellation);
        return jobId;
    }

    /// <summary>Writes the id of the job, or of the array's child, into the claim.</summary>
    public Task Name(Work work, HeldClaim held, string jobId, CancellationToken cancellation) =>

        // When this fails, the job has started and taken the claim: it names itself.
        claims.Update(work.InvocationId, held, held.Claim with { State = ClaimState.Submitted, JobId = jobId }, cancellation);

    /// <summary>Submits several invocations as one array job, as many as it takes; a single one as a plain job.</summary>
    /// <returns>Invocation → its job's or child's id, which the claims do not have yet.</returns>
    public async Task<IReadOnlyDictionary<string, string>> SubmitAll(IReadOnlyList<Gathering.Member> members, CancellationToken cancellation)
    {
        var ids = new Dictionary<string, string>();
        foreach (var some in members.Chunk(ArrayManifest.MaxSize))
        {
            var mayBeThere = some.Any(member => member.Held.Previous is { State: ClaimState.Submitting });
            if (some is [var only])
            {
                ids[only.Work.InvocationId] = (mayBeThere ? await Find(JobName(only.Work), cancellation) : null) ?? await SubmitNew(only.Work, cancellation);
                continue;
            }

            var placement = ArrayManifest.Place(spec, [.. some.Select(member => member.Work.Source!)]);
            var request = new SubmitJobRequest
            {
                JobName = JobNames.Of(spec.Function, "array", placement.Uploads[0].Sha256),
                JobQueue = queue,
                JobDefinition = definition,
                ArrayProperties = new() { Size = some.Length },
            };
            var jobId = (mayBeThere ? await Find(request.JobName, cancellation) : null)
                ?? await Submit(request, some[0].Work, placement, cancellation);
            foreach (var (index, member) in some.Index())
            {
                ids[member.Work.InvocationId] = $"{jobId}:{index}";
            }
        }

        return ids;
    }

    /// <summary>Whether a job has come to nothing, so that its invocation may be taken up anew.</summary>
    public async Task<bool> IsDead(string jobId, CancellationToken cancellation)
    {
        // The children of an array are there a little after it.
        var parent = jobId.Split(':')[0];
        var answer = await batch.Value.DescribeJobsAsync(new DescribeJobsRequest { Jobs = parent == jobId ? [jobId] : [jobId, parent] }, cancellation);
        var job = answer.Jobs?.Find(found => found.JobId == jobId) ?? answer.Jobs?.Find(found => found.JobId == parent);
        return job is null or { Status: "FAILED" };
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
        var placement = Offload.OfEvent(new BatchEvent(work.Source, work.Raw, work.RequestId), spec, Overrides(work).Length);
        var request = new SubmitJobRequest { JobName = JobName(work), JobQueue = queue, JobDefinition = definition };
        return await Submit(request, work, placement, cancellation);
    }

    private async Task<string> Submit(SubmitJobRequest request, Work work, Offload.Placement placement, CancellationToken cancellation)
    {
        Overrides(work).Put(request, placement.Environment);
        foreach (var upload in placement.Uploads)
        {
            await documents.Write(upload, cancellation);
        }

        var answer = await batch.Value.SubmitJobAsync(request, cancellation);
        return answer.JobId ?? throw new ScarException($"Batch took the job '{request.JobName}' without giving it an id");
    }

    private JobOverrides Overrides(Work work) => new(
        spec, Parameters.Values(spec.Function, spec.Parameters, spec.Parameters.Count == 0 ? new Dictionary<string, string>() : work.Parameters));
}
