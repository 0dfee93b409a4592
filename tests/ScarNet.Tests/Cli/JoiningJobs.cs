using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Runs;

namespace ScarNet.Tests.Cli;

public sealed class JoiningJobs
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(20, 0, 20)]
    [InlineData(21, 2, 2)]
    [InlineData(400, 20, 20)]
    [InlineData(401, 21 + 2, 2)]
    public async Task MakesATreeInWhichNoneWaitsForMoreThanTwenty(int jobs, int joins, int left)
    {
        var submitted = new List<List<JobDependency>>();
        var join = new JoinJobs((dependencies, _) =>
        {
            submitted.Add(dependencies);
            return Task.FromResult($"join{submitted.Count}");
        });
        var all = Enumerable.Range(0, jobs).Select(n => new JobDependency { JobId = $"{n}" }).ToList();

        var rest = await join.Reduce(all, JoinJobs.MaxDependencies, TestContext.Current.CancellationToken);

        Assert.Equal((joins, left), (submitted.Count, rest.Count));
        Assert.All(submitted, dependencies => Assert.InRange(dependencies.Count, 1, 20));
        var waitedFor = submitted.Concat([rest]).SelectMany(dependencies => dependencies).Select(dependency => dependency.JobId).ToList();
        Assert.Equal(waitedFor.Count, waitedFor.Distinct().Count());
        Assert.All(all, job => Assert.Contains(job.JobId, waitedFor));
    }
}
