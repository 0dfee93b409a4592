using System.Text.Json.Nodes;
using ScarNet.Local.Batch;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Batch;

public sealed class ChoosingJobs : JobDatabase
{
    [Fact]
    public async Task TakesQueuesByPriorityAndJobsByAge()
    {
        await Queue("low", 1, "ce", 4);
        await Queue("high", 9, "other", 4);
        await Add("l1", "low", 1000);
        await Add("h1", "high", 1000);
        await Add("h2", "high", 1000);

        Assert.Equal(["h1", "h2", "l1"], Starts(machine: 4000));
        Assert.Equal(["h1", "h2"], Starts(machine: 2000));
    }

    [Fact]
    public async Task ALargeJobIsNotOvertakenForEver()
    {
        await Queue("q", 1, "ce", 4);
        await Add("large", "q", 4000);
        await Add("small", "q", 1000);

        Assert.Empty(Starts(machine: 4000, ("ce", 1000)));
        Assert.Equal(["large"], Starts(machine: 4000));
    }

    [Fact]
    public async Task AFullEnvironmentDoesNotHoldUpAnother()
    {
        await Queue("full", 9, "ce", 1);
        await Queue("free", 1, "other", 4);
        await Add("waits", "full", 1000);
        await Add("runs", "free", 1000);

        Assert.Equal(["runs"], Starts(machine: 4000, ("ce", 1000)));
    }

    [Fact]
    public async Task AnImpossibleJobIsNamedAndPassed()
    {
        await Queue("q", 1, "ce", 2);
        await Add("impossible", "q", 3000);
        await Add("possible", "q", 1000);

        var round = Read(connection => Dispatch.Decide(connection, 8000, new Dictionary<string, int>()));

        Assert.Equal(["possible"], round.Starts.Select(start => start.JobId));
        var (id, reason) = Assert.Single(round.Never);
        Assert.Equal("impossible", id);
        Assert.StartsWith("MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE", reason);
    }

    [Fact]
    public async Task AnImpossibleJobIsStuckUntilThingsChange()
    {
        await Queue("q", 1, "ce", 2);
        await Add("impossible", "q", 3000);
        await Add("possible", "q", 1000);
        await Submit("behind", null, new JobDependency("impossible", JobDependency.Plain));
        await Take();
        var (id, reason) = Assert.Single(Read(connection => Dispatch.Decide(connection, 8000, new Dictionary<string, int>())).Never);
        await Write(connection => connection.Run("UPDATE batch_jobs SET reason = $reason WHERE id = $id", ("$id", id), ("$reason", reason)));

        Assert.Equal(new StuckJob(null, "impossible", "n", reason), Assert.Single(Read(connection => StuckJobs.Read(connection, 3))));
        var (none, fn) = (Read(JobCounts.Read).Single(counts => counts.Function is null), Read(JobCounts.Read).Single(counts => counts.Function == "fn"));
        Assert.Equal((2, 1, 0), (none.Pending, none.Stuck, none.Waiting));
        Assert.Equal((1, 0, 1), (fn.Pending, fn.Stuck, fn.Waiting));

        await Write(StuckJobs.Reconsider);

        Assert.Empty(Read(connection => StuckJobs.Read(connection, 3)));
        Assert.Null(Reason("impossible"));
    }

    private List<string> Starts(int machine, params (string Name, int Used)[] used) => Read(connection =>
        Dispatch.Decide(connection, machine, used.ToDictionary(entry => entry.Name, entry => entry.Used))).Starts.Select(start => start.JobId).ToList();

    private Task Queue(string name, int priority, string environment, int maxVcpus) => Write(connection =>
    {
        Resources.ComputeEnvironments.Insert(connection, environment, new JsonObject
        {
            ["computeEnvironmentName"] = environment,
            ["state"] = "ENABLED",
            ["computeResources"] = new JsonObject { ["maxvCpus"] = maxVcpus },
        });
        Resources.Queues.Insert(connection, name, new JsonObject
        {
            ["jobQueueName"] = name,
            ["priority"] = priority,
            ["computeEnvironmentOrder"] = new JsonArray(new JsonObject { ["order"] = 1, ["computeEnvironment"] = $"arn:x:compute-environment/{environment}" }),
        });
    });

    private async Task Add(string id, string queue, int milliCpus)
    {
        await Write(connection => JobInserts.Insert(connection, new NewJob(id, "n", queue, "d", null, null, milliCpus, [], NowMs), []));
        await Take();
    }
}
