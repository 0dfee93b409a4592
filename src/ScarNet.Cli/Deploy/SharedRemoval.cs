using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>Takes shared queues and compute environments away once nobody uses them, and says who does as long as somebody does.</summary>
/// <param name="target">Where.</param>
/// <param name="jobs">What becomes of the jobs in them.</param>
internal sealed class SharedRemoval(Target target, EndedJobs jobs)
{
    private const int NamesToTell = 3;

    private readonly ComputeEnvironments environments = new(target);
    private readonly JobQueues queues = new(target);
    private readonly QueueUsers users = new(target);
    private readonly UnusedCompute unused = new(target);

    /// <param name="going">Functions that are being taken away.</param>
    /// <param name="after">The steps that do.</param>
    /// <param name="kept">Is told what stays.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<Step>> Plan(
        IReadOnlySet<string> going, IReadOnlyList<Step> after, List<string> kept, CancellationToken cancellation)
    {
        var all = await queues.All(cancellation);
        var shared = all.Where(queue => IsShared(queue.JobQueueName, queue.Tags)).ToList();
        var machines = (await environments.Find(SharedCompute.Everything, cancellation)).Where(e => IsShared(e.ComputeEnvironmentName, e.Tags)).ToList();
        if (shared.Count == 0 && machines.Count == 0)
        {
            return [];
        }

        var usersOf = shared.Count == 0 ? null : await users.Read([.. shared.Select(queue => queue.JobQueueName!)], cancellation);
        var steps = new List<Step>();
        foreach (var (name, isGoing) in shared.Select(queue => (queue.JobQueueName!, JobQueues.IsGoing(queue))))
        {
            if (!isGoing && await WhyItStays(name, usersOf?[name].Where(user => !going.Contains(user)).ToList(), cancellation) is { } reason)
            {
                kept.Add($"job queue '{name}' with its compute environments, {reason}");
            }
            else
            {
                // Somebody may begin to use it after the plan was made.
                steps.Add(Delete("job queue", name, after, ct => unused.DeleteQueue(name, ct)));
            }
        }

        var gone = steps.Select(step => step.Name).ToHashSet();
        var needed = all.Where(queue => !gone.Contains(queue.JobQueueName!)).SelectMany(JobQueues.EnvironmentsOf).ToHashSet();
        steps.AddRange(machines.Select(e => e.ComputeEnvironmentName!).Where(name => !needed.Contains(name)).Select(name =>
            Delete("compute environment", name, [.. after, .. steps], ct => unused.DeleteEnvironment(name, ct))));
        return steps;
    }

    private async Task<string?> WhyItStays(string queue, List<string>? functions, CancellationToken cancellation) => functions switch
    {
        null => "which other functions may use: this identity may not list them",
        { Count: > NamesToTell } => $"which {string.Join(", ", functions.Take(NamesToTell).Select(f => $"'{f}'"))} and {functions.Count - NamesToTell} more use",
        { Count: > 0 } => $"which {string.Join(", ", functions.Select(f => $"'{f}'"))} use{(functions.Count == 1 ? "s" : "")}",
        _ => (jobs.OthersIn.TryGetValue(queue, out var stay) ? stay : await queues.HasJobs(queue, cancellation)) ? "which has jobs that have not ended" : null,
    };

    private static bool IsShared(string? name, Dictionary<string, string>? tags) =>
        name is not null && SharedCompute.Everything.Contains(name) && tags?.GetValueOrDefault(Tags.Pipeline) == Tags.Shared;

    private static Step Delete(string resource, string name, IReadOnlyList<Step> after, Func<CancellationToken, Task<string?>> delete) => new()
    {
        Kind = StepKind.Delete,
        Resource = resource,
        Name = name,
        Reason = "no function uses it any more",
        After = after,
        Action = async (run, ct) =>
        {
            if (await delete(ct) is { } why)
            {
                run.Say($"stays: {why}");
            }
        },
    };
}
