using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>Reads the jobs of a queue that have not ended, a thousand in a call.</summary>
internal sealed class UnfinishedJobs(Target target)
{
    // A job moves on while it is looked for: in this order it is met at least once.
    private static readonly string[] statuses = ["SUBMITTED", "PENDING", "RUNNABLE", "STARTING", "RUNNING"];

    /// <summary>Of all functions and of everybody else; none when the queue is gone.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<UnfinishedJob>> In(string queue, CancellationToken cancellation)
    {
        var found = new Dictionary<string, UnfinishedJob>();
        foreach (var status in statuses)
        {
            var request = new ListJobsRequest { JobQueue = queue, JobStatus = status };
            do
            {
                ListJobsResponse page;
                try
                {
                    page = await target.Clients.Batch.ListJobsAsync(request, cancellation);
                }
                catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
                {
                    // Batch has this one word for whatever it does not take: of a queue that is there the jobs are not known.
                    if (await new JobQueues(target).Find(queue, cancellation) is { } there && !JobQueues.IsGoing(there))
                    {
                        throw;
                    }

                    return [];
                }

                foreach (var job in page.JobSummaryList ?? [])
                {
                    found[job.JobId!] = new(job.JobId!, FunctionOf(job.JobDefinition), job.Status ?? status, job.ArrayProperties?.Size is not null);
                }

                request.NextToken = page.NextToken;
            }
            while (!string.IsNullOrEmpty(request.NextToken));
        }

        return [.. found.Values];
    }

    /// <summary>Those of some jobs that Batch has cancelled already and ends once what they wait for has ended.</summary>
    public async Task<IReadOnlySet<string>> Cancelled(IEnumerable<string> jobs, CancellationToken cancellation)
    {
        var cancelled = new HashSet<string>();
        foreach (var some in jobs.Chunk(100)) // Source: docs.aws.amazon.com/batch/latest/APIReference/API_DescribeJobs.html
        {
            var answer = await target.Clients.Batch.DescribeJobsAsync(new DescribeJobsRequest { Jobs = [.. some] }, cancellation);
            cancelled.UnionWith(answer.Jobs?.Where(job => job.IsCancelled == true || job.IsTerminated == true).Select(job => job.JobId!) ?? []);
        }

        return cancelled;
    }

    /// <param name="definition">ARN or name of a job definition, with its revision.</param>
    internal static string? FunctionOf(string? definition)
    {
        var name = definition?.Split('/')[^1].Split(':')[0];
        return name is not null && name.StartsWith(Names.JobDefinition(""), StringComparison.Ordinal) ? name[Names.JobDefinition("").Length..] : null;
    }
}
