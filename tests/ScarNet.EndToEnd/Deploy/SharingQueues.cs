using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Queues and compute environments are there as long as a function needs them.</summary>
public sealed class SharingQueues : IAsyncLifetime
{
    private readonly EngineFixture engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task TriesSpotFirstAndOnDemandSecond()
    {
        using var deployment = new Deployment(engine);
        var function = Spot("cheap");

        await deployment.Init(function);

        deployment.AssertCallsAreWhatAwsTakes();
        var queue = Assert.Single((await deployment.Clients.Batch.DescribeJobQueuesAsync(new(), Cancellation)).JobQueues!);
        Assert.Equal("scarnet_spot", queue.JobQueueName);
        Assert.Equal(["scarnet_spot", "scarnet"], JobQueues.EnvironmentsOf(queue));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task MendsTheOrderOfAQueue()
    {
        using var deployment = new Deployment(engine);
        var function = Spot("cheap");
        await deployment.Init(function);
        await deployment.Clients.Batch.UpdateJobQueueAsync(
            new() { JobQueue = "scarnet_spot", ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = "scarnet" }] }, Cancellation);

        var plan = await deployment.Init(function);

        var step = plan.Steps.Single(step => step.Kind != StepKind.Keep);
        Assert.Equal(("scarnet_spot", new StepChange("computeEnvironmentOrder", "scarnet", "scarnet_spot, scarnet")), (step.Name, Assert.Single(step.Changes)));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task LeavesThemWhileAFunctionUsesThem()
    {
        using var deployment = new Deployment(engine);
        var (plain, cheap) = (Pipelines.Batch("plain"), Spot("cheap"));
        await deployment.Init(plain, cheap);

        var first = await deployment.Remove(false, plain);

        Assert.Contains("job queue 'scarnet_spot' with its compute environments, which 'cheap' uses", first.Kept);
        Assert.Equal(["environment scarnet", "environment scarnet_spot", "queue scarnet_spot"], await QueuesAndEnvironments(deployment));
        Assert.True((await deployment.Plan(cheap)).IsEmpty);

        deployment.Recorder.Forget();
        await deployment.Remove(false, cheap);

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Empty(await QueuesAndEnvironments(deployment));
        await deployment.Init(plain, cheap);
    }

    [Fact]
    public async Task LeavesThemToAFunctionThatHasComeInTheMeantime()
    {
        using var deployment = new Deployment(engine);
        var (old, young) = (Pipelines.Batch("old"), Pipelines.Batch("young"));
        await deployment.Init(old);
        var removal = await deployment.PlanRemoval(old);
        await deployment.Init(young);

        await deployment.Apply(removal);

        Assert.Equal(["environment scarnet", "queue scarnet"], await QueuesAndEnvironments(deployment));
    }

    [Fact]
    public async Task LeavesThoseWithJobs()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("busy");
        await deployment.Init(function);
        var job = await WaitingJob.Submit(deployment, "scarnet", "scarnet-busy:1", Cancellation);

        var plan = await deployment.Remove(false, JobFate.Keep, function);

        Assert.Contains("job queue 'scarnet' with its compute environments, which has jobs that have not ended", plan.Kept);
        await deployment.Clients.Batch.TerminateJobAsync(new() { JobId = job, Reason = "the test is over" }, Cancellation);

        Assert.DoesNotContain((await deployment.Remove(false, function)).Kept, what => what.StartsWith("job queue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LeavesWhatSomebodyElseMadeUnderTheName()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.Batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = "scarnet_gpu", Type = "MANAGED", ComputeResources = new() { Type = "EC2", MaxvCpus = 1 } }, Cancellation);
        await deployment.Init(Pipelines.Batch("any"));

        await deployment.Remove(false, Pipelines.Batch("any"));

        Assert.Equal(["environment scarnet_gpu"], await QueuesAndEnvironments(deployment));
    }

    private static FunctionDefinition Spot(string name) => Pipelines.Batch(name) with { Batch = new() { Compute = new() { Type = "SPOT" } } };

    private static async Task<IEnumerable<string>> QueuesAndEnvironments(Deployment deployment) =>
        (await deployment.WhatIsThere()).Where(line => line.StartsWith("queue ", StringComparison.Ordinal) || line.StartsWith("environment ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
