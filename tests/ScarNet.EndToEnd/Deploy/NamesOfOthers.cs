using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>A function whose own queue, compute environment or log group would have the name of somebody else's.</summary>
public sealed class NamesOfOthers : IAsyncLifetime
{
    private readonly EngineFixture engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task RefusesTheQueueOfTheFoundation()
    {
        using var deployment = new Deployment(engine);
        await Foundation(deployment, "other");

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Own("fargate")));

        Assert.Equal("job queue 'scarnet-fargate' exists and was not made by scarnet for function 'fargate'", failure.Message);
        Assert.Equal("choose another name for the function, or tag it 'scarnet:function=fargate' if scarnet may take it over", failure.Hint);
    }

    [Fact]
    public async Task RefusesTheComputeEnvironmentOfTheFoundation()
    {
        using var deployment = new Deployment(engine);
        await Foundation(deployment, "fargate");
        await deployment.Clients.Batch.UpdateJobQueueAsync(new() { JobQueue = "scarnet-fargate", State = "DISABLED" }, Cancellation);
        await deployment.Clients.Batch.DeleteJobQueueAsync(new() { JobQueue = "scarnet-fargate" }, Cancellation);

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Own("fargate")));

        Assert.Equal("compute environment 'scarnet-fargate' exists and was not made by scarnet for function 'fargate'", failure.Message);
    }

    [Fact]
    public async Task RefusesASharedNameThatSomebodyElseHas()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.Batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = "scarnet", Type = "MANAGED", ComputeResources = new() { Type = "EC2", MaxvCpus = 1 } }, Cancellation);

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Pipelines.Batch("any")));

        Assert.Equal("compute environment 'scarnet' exists and was not made by scarnet", failure.Message);
    }

    [Fact]
    public async Task AreLeftByRm()
    {
        using var deployment = new Deployment(engine);
        await Foundation(deployment, "fargate");
        await deployment.Init(Pipelines.Inline("fargate"));
        await deployment.Clients.Logs.CreateLogGroupAsync(new() { LogGroupName = "/aws/lambda/kept" }, Cancellation);

        var plan = await deployment.Remove(JobFate.Cancel, "fargate", "kept");

        Assert.Contains("job queue 'scarnet-fargate', which scarnet did not make for function 'fargate'", plan.Kept);
        Assert.Contains("compute environment 'scarnet-fargate', which scarnet did not make for function 'fargate'", plan.Kept);
        Assert.Contains("log group '/aws/lambda/kept', which scarnet did not make for function 'kept'", plan.Kept);
        var left = await deployment.WhatIsThere();
        Assert.Superset(new HashSet<string> { "queue scarnet-fargate", "environment scarnet-fargate", "group /aws/lambda/kept" }, left.ToHashSet());
        Assert.DoesNotContain("group /aws/lambda/fargate", left);
    }

    /// <summary>What the foundation's stack makes: tagged with its name, and of no function.</summary>
    private static async Task Foundation(Deployment deployment, string environment)
    {
        var tags = new Dictionary<string, string> { ["scarnet:foundation"] = "scarnet" };
        await deployment.Clients.Batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = $"scarnet-{environment}", Type = "MANAGED", ComputeResources = new() { Type = "FARGATE", MaxvCpus = 16 }, Tags = tags }, Cancellation);
        await deployment.Clients.Batch.CreateJobQueueAsync(
            new()
            {
                JobQueueName = "scarnet-fargate",
                Priority = 1,
                State = "ENABLED",
                ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = $"scarnet-{environment}" }],
                Tags = tags,
            },
            Cancellation);
    }

    private static FunctionDefinition Own(string name) => Pipelines.Batch(name) with { Batch = new() { Compute = new() { MaxVcpus = 7 } } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
