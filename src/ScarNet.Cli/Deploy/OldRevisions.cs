using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>Revisions of a job definition that nothing needs any more.</summary>
internal sealed class OldRevisions(Target target)
{
    /// <summary>Newest revisions that always stay: an invocation under way may still submit the last but one.</summary>
    public const int Kept = 3;

    /// <summary>Pages of 100 jobs that are looked through for one that has not ended; with more of them the revision is taken for used.</summary>
    private const int MostPages = 10;

    /// <summary>Of the active ones, those that would not be among the newest any more once another is registered.</summary>
    public static IReadOnlyList<JobDefinition> AfterAnother(IEnumerable<JobDefinition> active) =>
        [.. active.OrderByDescending(definition => definition.Revision).Skip(Kept - 1)];

    /// <summary>Deregisters those that no job waits for or runs with.</summary>
    /// <param name="function">The function.</param>
    /// <param name="old">What may go.</param>
    /// <param name="queue">Queue that its jobs go to until now.</param>
    /// <param name="after">The function, which then names the new revision.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<Step>> Plan(
        string function, IReadOnlyList<JobDefinition> old, string queue, Step after, CancellationToken cancellation)
    {
        var steps = new List<Step>();
        foreach (var definition in old)
        {
            if (await IsIdle(definition, queue, cancellation))
            {
                var revision = $"{definition.JobDefinitionName}:{definition.Revision}";
                steps.Add(new()
                {
                    Kind = StepKind.Delete,
                    Resource = "job definition",
                    Name = revision,
                    Function = function,
                    Reason = $"the newest {Kept} are kept",
                    After = [after],
                    Action = (_, ct) => new JobDefinitions(target).Deregister(revision, ct),
                });
            }
        }

        return steps;
    }

    private async Task<bool> IsIdle(JobDefinition definition, string queue, CancellationToken cancellation)
    {
        var request = new ListJobsRequest { JobQueue = queue, Filters = [new() { Name = "JOB_DEFINITION", Values = [definition.JobDefinitionArn!] }] };
        try
        {
            for (var page = 0; page < MostPages; page++)
            {
                var jobs = await target.Clients.Batch.ListJobsAsync(request, cancellation);
                if (jobs.JobSummaryList?.Exists(job => job.Status is not ("SUCCEEDED" or "FAILED")) == true)
                {
                    return false;
                }

                if (string.IsNullOrEmpty(request.NextToken = jobs.NextToken))
                {
                    return true;
                }
            }
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            // Who may not look, or where the queue is gone, leaves them: they cost nothing.
        }

        return false;
    }
}
