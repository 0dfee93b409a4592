using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Job queues.</summary>
internal sealed class JobQueues(Target target)
{
    private static readonly string[] unfinished = ["RUNNING", "STARTING", "RUNNABLE", "PENDING", "SUBMITTED"];

    public async Task<Step> Plan(QueuePlan plan, IReadOnlyList<Step> environments, Dictionary<string, string> tags, CancellationToken cancellation)
    {
        var current = await Find(plan.Name, cancellation);
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "job queue",
            Name = plan.Name,
            Function = plan.Function,
            Reason = "is as it should be",
            After = environments,
        };
        if (current is null || IsGoing(current))
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = plan.Environments is [var first, var second]
                    ? $"feeds compute environment '{first}' first and '{second}' second"
                    : $"feeds compute environment '{plan.Environments[0]}'",
                Action = (run, ct) => Create(plan, tags, run, ct),
            };
        }

        Tags.Check(step.Resource, plan.Name, current.Tags, plan.Function);
        var changes = new[]
        {
            new StepChange("state", current.State, plan.State),
            new StepChange("computeEnvironmentOrder", string.Join(", ", EnvironmentsOf(current)), string.Join(", ", plan.Environments)),
        }.Where(change => change.Old != change.New).ToList();
        var missing = Tags.Missing(current.Tags, tags);
        return changes.Count + missing.Count == 0 ? step : step with
        {
            Kind = StepKind.Update,
            Reason = changes.Count > 0 ? "its settings have changed" : "its tags have changed",
            Changes = [.. changes, .. Tags.Changes(current.Tags, missing)],
            Action = async (_, ct) =>
            {
                if (changes.Count > 0)
                {
                    await Update(new() { JobQueue = plan.Name, State = plan.State, ComputeEnvironmentOrder = Order(plan) }, [.. EnvironmentsOf(current).Union(plan.Environments)], ct);
                    await Valid(plan.Name, ct);
                }

                if (missing.Count > 0)
                {
                    await target.Clients.Batch.TagResourceAsync(new TagResourceRequest { ResourceArn = current.JobQueueArn!, Tags = missing }, ct);
                }
            },
        };
    }

    /// <summary>Names of the compute environments of a queue, first to last.</summary>
    public static IReadOnlyList<string> EnvironmentsOf(JobQueueDetail queue) =>
        [.. queue.ComputeEnvironmentOrder?.OrderBy(entry => entry.Order).Select(entry => entry.ComputeEnvironment?.Split('/')[^1] ?? "") ?? []];

    /// <summary>Whether Batch is taking it away, which takes minutes. Its name and its compute environments are not free until then.</summary>
    public static bool IsGoing(JobQueueDetail queue) => queue.Status == ComputeEnvironments.Deleting;

    /// <summary>All of the account, whoever made them, those too that are going.</summary>
    public async Task<List<JobQueueDetail>> All(CancellationToken cancellation)
    {
        var found = new List<JobQueueDetail>();
        var request = new DescribeJobQueuesRequest();
        do
        {
            var page = await target.Clients.Batch.DescribeJobQueuesAsync(request, cancellation);
            found.AddRange(page.JobQueues?.Where(IsThere) ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return found;
    }

    /// <summary>Whether any job in it has not ended.</summary>
    public async Task<bool> HasJobs(string name, CancellationToken cancellation)
    {
        foreach (var status in unfinished)
        {
            var request = new ListJobsRequest { JobQueue = name, JobStatus = status, MaxResults = 1 };
            if ((await target.Clients.Batch.ListJobsAsync(request, cancellation)).JobSummaryList is { Count: > 0 })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Also one that is going; null when there is none.</summary>
    public async Task<JobQueueDetail?> Find(string name, CancellationToken cancellation)
    {
        var answer = await target.Clients.Batch.DescribeJobQueuesAsync(new DescribeJobQueuesRequest { JobQueues = [name] }, cancellation);
        return answer.JobQueues?.Find(q => q.JobQueueName == name && IsThere(q));
    }

    /// <summary>Disables it and takes it away; waits until it is gone.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        if (await Find(name, cancellation) is not { } current)
        {
            return;
        }

        if (!IsGoing(current))
        {
            await Disable(current, cancellation);
            await DeleteNow(name, cancellation);
        }

        await Gone(name, cancellation);
    }

    private async Task Disable(JobQueueDetail queue, CancellationToken cancellation)
    {
        var name = queue.JobQueueName!;
        if (queue.State != ComputeEnvironments.Disabled)
        {
            await Update(new() { JobQueue = name, State = ComputeEnvironments.Disabled }, EnvironmentsOf(queue), cancellation);
        }

        // Whatever else it is: one that is invalid has to go, too.
        await Poll.Until(
            ct => Find(name, ct),
            found => found is null or { State: ComputeEnvironments.Disabled, Status: not (ComputeEnvironments.Updating or ComputeEnvironments.Creating) },
            ComputeEnvironments.Longest,
            $"disabling job queue '{name}'",
            cancellation);
    }

    private async Task DeleteNow(string name, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.DeleteJobQueueAsync(new DeleteJobQueueRequest { JobQueue = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            if (await Find(name, cancellation) is { } found && !IsGoing(found))
            {
                throw;
            }
        }
    }

    private async Task Gone(string name, CancellationToken cancellation) => await Poll.Until(
        ct => Find(name, ct), found => found is null, ComputeEnvironments.LongestRemoval, $"deleting job queue '{name}'", cancellation);

    private async Task Create(QueuePlan plan, Dictionary<string, string> tags, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateJobQueueRequest
        {
            JobQueueName = plan.Name,
            State = plan.State,
            Priority = 1,
            ComputeEnvironmentOrder = Order(plan),
            Tags = run.Tagged(tags),
        };
        if (await Find(plan.Name, cancellation) is { } going && IsGoing(going))
        {
            await Gone(plan.Name, cancellation);
        }

        await run.CreateOrAdopt(
            async () =>
            {
                var isOurs = true;
                await new ComputeEnvironments(target).WhenSettled(
                    plan.Environments,
                    async ct => isOurs = await Create(request, run, ct),
                    cancellation,
                    async ct => await Find(plan.Name, ct) is { } other && IsGoing(other));
                return isOurs;
            },
            undo => plan.Function is null ? new UnusedCompute(target).UndoQueue(plan.Name, undo) : Delete(plan.Name, undo));
        await Valid(plan.Name, cancellation);
    }

    /// <returns>Whether this run has made it: a call that was repeated because its answer was lost finds what it has made itself.</returns>
    private async Task<bool> Create(CreateJobQueueRequest request, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.CreateJobQueueAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            if (await Find(request.JobQueueName!, cancellation) is not { } existing || IsGoing(existing)
                || Tags.Missing(existing.Tags, request.Tags!).Keys.Any(tag => tag != Tags.Run))
            {
                throw;
            }

            return run.HasMade(existing.Tags);
        }
    }

    /// <summary>Batch takes no change of a queue as long as it changes that, or one of its compute environments.</summary>
    private Task Update(UpdateJobQueueRequest request, IReadOnlyList<string> environments, CancellationToken cancellation) =>
        new ComputeEnvironments(target).WhenSettled(
            environments,
            ct => target.Clients.Batch.UpdateJobQueueAsync(request, ct),
            cancellation,
            async ct => (await Find(request.JobQueue!, ct))?.Status is ComputeEnvironments.Updating or ComputeEnvironments.Creating);

    private static List<ComputeEnvironmentOrder> Order(QueuePlan plan) =>
        [.. plan.Environments.Select((name, i) => new ComputeEnvironmentOrder { Order = i + 1, ComputeEnvironment = name })];

    private static bool IsThere(JobQueueDetail queue) => queue.Status != "DELETED";

    private async Task Valid(string name, CancellationToken cancellation) => await Poll.Until(
        ct => Find(name, ct),
        found => found switch
        {
            { Status: "INVALID" } => throw new ScarException(
                $"job queue '{name}' is invalid: {found.StatusReason}", "mend what it names, then run the command again"),
            { Status: "VALID" } => true,
            _ => false,
        },
        ComputeEnvironments.Longest,
        $"job queue '{name}'",
        cancellation);
}
