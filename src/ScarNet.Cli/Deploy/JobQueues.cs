using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Job queues: one for each compute environment, of the same name.</summary>
internal sealed class JobQueues(Target target)
{
    public async Task<Step> Plan(ComputePlan plan, Step environment, Dictionary<string, string> tags, CancellationToken cancellation)
    {
        var current = await Find(plan.Name, cancellation);
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "job queue",
            Name = plan.Name,
            Function = plan.Function,
            Reason = "is as it should be",
            After = [environment],
        };
        if (current is null)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = $"feeds compute environment '{plan.Name}'",
                Action = (run, ct) => Create(plan, tags, run, ct),
            };
        }

        return current.State == plan.Batch.State ? step : step with
        {
            Kind = StepKind.Update,
            Reason = "its state has changed",
            Changes = [new("state", current.State, plan.Batch.State)],
            Action = (_, ct) => SetState(plan.Name, plan.Batch.State, ct),
        };
    }

    public async Task<JobQueueDetail?> Find(string name, CancellationToken cancellation)
    {
        var answer = await target.Clients.Batch.DescribeJobQueuesAsync(new DescribeJobQueuesRequest { JobQueues = [name] }, cancellation);
        return answer.JobQueues?.Find(q => q.JobQueueName == name && q.Status is not ("DELETED" or "DELETING"));
    }

    /// <summary>Disables it and takes it away; waits until it is gone.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        if (await Find(name, cancellation) is not { } current)
        {
            return;
        }

        if (current.State != "DISABLED")
        {
            await SetState(name, "DISABLED", cancellation);
        }

        await target.Clients.Batch.DeleteJobQueueAsync(new DeleteJobQueueRequest { JobQueue = name }, cancellation);
        await Poll.Until(
            ct => Find(name, ct), found => found is null, ComputeEnvironments.Longest, $"deleting job queue '{name}'", cancellation);
    }

    private async Task Create(ComputePlan plan, Dictionary<string, string> tags, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateJobQueueRequest
        {
            JobQueueName = plan.Name,
            State = plan.Batch.State,
            Priority = 1,
            ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = plan.Name }],
            Tags = tags,
        };
        await run.Create(() => Create(request, cancellation), undo => Delete(plan.Name, undo));
        await Valid(plan.Name, cancellation);
    }

    // A call that was repeated because its answer was lost finds what it has made itself.
    private async Task Create(CreateJobQueueRequest request, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Batch.CreateJobQueueAsync(request, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            if (await Find(request.JobQueueName!, cancellation) is not { } existing || Tags.Missing(existing.Tags, request.Tags!).Count > 0)
            {
                throw;
            }
        }
    }

    private async Task SetState(string name, string state, CancellationToken cancellation)
    {
        await target.Clients.Batch.UpdateJobQueueAsync(new UpdateJobQueueRequest { JobQueue = name, State = state }, cancellation);
        await Valid(name, cancellation);
    }

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
