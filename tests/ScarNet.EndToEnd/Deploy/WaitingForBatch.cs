using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Queues and compute environments that Batch changes and takes away in its own time.</summary>
public sealed class WaitingForBatch : IAsyncLifetime
{
    private readonly EngineFixture engine = new();
    private readonly SlowBatch batch = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task RmWaitsUntilTheQueueIsGone()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Own("slow"), Pipelines.Batch("shared"));
        batch.Into(deployment.Recorder);

        await deployment.Remove(false, Own("slow"), Pipelines.Batch("shared"));

        Assert.Equal(0, batch.Refused);
        Assert.Empty(await QueuesAndEnvironments(deployment));
        Assert.True((await deployment.PlanRemoval(Own("slow"))).IsEmpty);
    }

    [Fact]
    public async Task RmGoesOnWhereAnotherHasBegunToDelete()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Own("slow"));
        batch.Into(deployment.Recorder);
        await BeginToDelete(deployment, "scarnet-slow");

        await deployment.Remove(false, Own("slow"));

        Assert.Equal(0, batch.Refused);
        Assert.Empty(await QueuesAndEnvironments(deployment));
    }

    [Fact]
    public async Task InitMakesAnewWhatIsStillGoing()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Own("slow"));
        batch.Into(deployment.Recorder);
        await BeginToDelete(deployment, "scarnet-slow");

        var plan = await deployment.Init(Own("slow"));

        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Create, Resource: "job queue", Name: "scarnet-slow" });
        Assert.Equal(0, batch.Refused);
        Assert.Equal(["environment scarnet-slow", "queue scarnet-slow"], await QueuesAndEnvironments(deployment));
        SlowBatch.OutOf(deployment.Recorder);
        Assert.True((await deployment.Plan(Own("slow"))).IsEmpty);
    }

    [Fact]
    public async Task RmTakesAwayWhatIsInvalid()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Own("slow"));
        batch.Invalid.Add("scarnet-slow");
        batch.Into(deployment.Recorder);

        await deployment.Remove(false, Own("slow"));

        Assert.Empty(await QueuesAndEnvironments(deployment));
    }

    [Fact]
    public async Task RmTakesAwayWhatIsDisabledAndStillBeingUpdated()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Own("slow"));
        batch.Into(deployment.Recorder);
        await BeginToDisable(deployment, "scarnet-slow");

        await deployment.Remove(false, Own("slow"));

        Assert.Equal(0, batch.Refused);
        Assert.Empty(await QueuesAndEnvironments(deployment));
    }

    [Fact]
    public async Task AQueueIsChangedOnceItsEnvironmentHasBeen()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("cheap") with { Batch = new() { Compute = new() { Type = "SPOT" } } };
        await deployment.Init(function);
        await deployment.Clients.Batch.UpdateJobQueueAsync(
            new() { JobQueue = "scarnet_spot", ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = "scarnet" }] }, Cancellation);
        batch.Into(deployment.Recorder);
        var plan = await deployment.Plan(function);
        await deployment.Clients.Batch.UpdateComputeEnvironmentAsync(new() { ComputeEnvironment = "scarnet", State = "ENABLED" }, Cancellation);

        await deployment.Apply(plan);

        Assert.True(batch.Refused > 0);
        SlowBatch.OutOf(deployment.Recorder);
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    /// <summary>Asks for machines of its own.</summary>
    private static FunctionDefinition Own(string name) => Pipelines.Batch(name) with { Batch = new() { Compute = new() { MaxVcpus = 7 } } };

    // As an rm that was interrupted.
    private static async Task BeginToDelete(Deployment deployment, string queue)
    {
        await BeginToDisable(deployment, queue);
        await Poll.Until(
            ct => new JobQueues(Of(deployment)).Find(queue, ct), found => found!.Status == "VALID", TimeSpan.FromSeconds(10), "disabling", Cancellation);
        await deployment.Clients.Batch.DeleteJobQueueAsync(new() { JobQueue = queue }, Cancellation);
    }

    private static async Task BeginToDisable(Deployment deployment, string queue)
    {
        await new JobQueues(Of(deployment)).Find(queue, Cancellation);
        await deployment.Clients.Batch.UpdateJobQueueAsync(new() { JobQueue = queue, State = "DISABLED" }, Cancellation);
    }

    private static Target Of(Deployment deployment) => new(deployment.Clients, "000000000000", "us-east-1");

    private static async Task<IEnumerable<string>> QueuesAndEnvironments(Deployment deployment) =>
        (await deployment.WhatIsThere()).Where(line => line.StartsWith("queue ", StringComparison.Ordinal) || line.StartsWith("environment ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
