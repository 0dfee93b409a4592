using ScarNet.Aws.Batch.Model;

namespace ScarNet.Cli.Runs;

/// <summary>Jobs that do nothing but wait for others, where one job would have to wait for more than Batch takes.</summary>
/// <param name="submit">Submits one that waits for these, and gives its id.</param>
internal sealed class JoinJobs(Func<List<JobDependency>, CancellationToken, Task<string>> submit)
{
    /// <summary>Jobs that one may depend on. Source: docs.aws.amazon.com/batch/latest/userguide/service_limits.html</summary>
    public const int MaxDependencies = 20;

    /// <summary>
    /// As many dependencies as there may be, behind which all the given ones stand. Above that, a tree of joins takes their place; child by
    /// child becomes array by array then, since a join is no array.
    /// </summary>
    /// <param name="dependencies">Any number.</param>
    /// <param name="most">How many may be left.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<JobDependency>> Reduce(IReadOnlyList<JobDependency> dependencies, int most, CancellationToken cancellation)
    {
        while (dependencies.Count > most)
        {
            var joined = new List<JobDependency>();
            foreach (var some in dependencies.Chunk(MaxDependencies))
            {
                joined.Add(new() { JobId = await submit([.. some.Select(dependency => new JobDependency { JobId = dependency.JobId })], cancellation) });
            }

            dependencies = joined;
        }

        return dependencies;
    }
}
