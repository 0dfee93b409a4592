namespace ScarNet.Cli.Deploy;

/// <summary>
/// Finds the jobs of functions that go: in the queues that each names or named, in its own, and in the shared ones, where it may have been
/// before. Those of a function that is gone already may be in any queue.
/// </summary>
internal sealed class JobPlans(Target target, JobFate fate)
{
    private readonly UnfinishedJobs jobs = new(target);
    private readonly JobRemoval removal = new(target, fate);

    /// <param name="parts">The functions.</param>
    /// <param name="named">Queues that their file names.</param>
    /// <param name="after">What ends that they submit more.</param>
    /// <param name="kept">Is told of jobs that go on.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<EndedJobs> Plan(
        IReadOnlyList<RemovalParts> parts, IReadOnlyList<string> named, IReadOnlyList<Step> after, List<string> kept, CancellationToken cancellation)
    {
        // Every job comes from a definition of its function.
        var submitters = parts.Where(part => part.Queues is { Count: > 0 } || part.HasQueue || part.Definitions.Count > 0).ToList();
        var steps = new List<(IReadOnlySet<string> Functions, Step Step)>();
        var (goOn, others) = (new HashSet<string>(), new Dictionary<string, bool>());
        if (submitters.Count == 0)
        {
            return new([], Array.Empty<Step>().ToLookup(_ => ""), goOn, others);
        }

        var names = submitters.Select(part => part.Name).ToHashSet();
        var current = submitters.SelectMany(part => part.Queues ?? [], (part, queue) => (queue, part.Name)).ToLookup(pair => pair.queue, pair => pair.Name);
        var own = submitters.Where(part => part.HasQueue).Select(part => Names.Own(part.Name));
        var everywhere = submitters.Any(part => part.Queues is null);
        var there = (await new JobQueues(target).All(cancellation)).Select(queue => queue.JobQueueName!).Where(queue => everywhere || SharedCompute.Everything.Contains(queue));
        var queues = current.Select(group => group.Key).Concat(own).Concat(named.Select(queue => queue.Split('/')[^1])).Concat(there).Distinct();
        foreach (var (queue, all) in await Several.Select(queues, async queue => (queue, await jobs.In(queue, cancellation))))
        {
            var found = all.Where(job => job.Function is not null && names.Contains(job.Function)).ToList();
            var functions = found.Select(job => job.Function!).Concat(current[queue]).ToHashSet();
            if (fate == JobFate.Keep)
            {
                kept.AddRange(found.GroupBy(job => job.Function!).Select(group =>
                    $"{JobRemoval.Count([.. group])} of function '{group.Key}' in queue '{queue}', with their job definition and job role"));
                goOn.UnionWith(found.Select(job => job.Function!));
            }
            else if (functions.Count > 0)
            {
                steps.Add((functions, removal.Plan(queue, functions, found, after)));
            }

            others[queue] = fate == JobFate.Keep ? all.Count > 0 : all.Count > found.Count;
        }

        return new(
            [.. steps.Select(entry => entry.Step)],
            steps.SelectMany(entry => entry.Functions.Select(function => (function, entry.Step))).ToLookup(entry => entry.function, entry => entry.Step),
            goOn,
            others);
    }
}
