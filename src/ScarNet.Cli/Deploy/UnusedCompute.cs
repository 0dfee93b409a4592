using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Takes shared queues and compute environments away unless somebody uses them by now: Batch would end the jobs of a queue.</summary>
internal sealed class UnusedCompute(Target target)
{
    private readonly ComputeEnvironments environments = new(target);
    private readonly JobQueues queues = new(target);

    /// <returns>Why it stays; null when it is gone.</returns>
    public async Task<string?> DeleteQueue(string queue, CancellationToken cancellation)
    {
        if (await queues.Find(queue, cancellation) is null)
        {
            return null;
        }

        if (await new QueueUsers(target).Read([queue], cancellation) is not { } users)
        {
            return "others may use it: this identity may not list functions";
        }

        if (users[queue].Any())
        {
            return $"function {string.Join(", ", users[queue].Select(user => $"'{user}'"))} uses it";
        }

        if (await queues.HasJobs(queue, cancellation))
        {
            return "it has jobs that have not ended";
        }

        await queues.Delete(queue, cancellation);
        return null;
    }

    /// <returns>Why it stays; null when it is gone.</returns>
    public async Task<string?> DeleteEnvironment(string environment, CancellationToken cancellation)
    {
        if ((await queues.All(cancellation)).Find(queue => JobQueues.EnvironmentsOf(queue).Contains(environment)) is { } user)
        {
            return $"job queue '{user.JobQueueName}' uses it";
        }

        await environments.Delete(environment, cancellation);
        return null;
    }

    /// <exception cref="ScarException">Somebody uses it: it stays.</exception>
    public async Task UndoQueue(string queue, CancellationToken cancellation) => Gone(await DeleteQueue(queue, cancellation));

    /// <exception cref="ScarException">Somebody uses it: it stays.</exception>
    public async Task UndoEnvironment(string environment, CancellationToken cancellation) => Gone(await DeleteEnvironment(environment, cancellation));

    private static void Gone(string? reason)
    {
        if (reason is not null)
        {
            throw new ScarException(reason);
        }
    }
}
