using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>A pipeline on its way to an engine, every call of it written down and, in the end, held against AWS's models.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly DeploySettings settings;

    public Deployment(EngineFixture engine, string supervisor = "#!/bin/sh\nexit 0\n", bool manyCalls = false)
    {
        Clients = new AwsClients(new AwsSettings
        {
            AccessKey = engine.Engine.AccessKey,
            SecretKey = engine.Engine.SecretKey,
            Endpoint = engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority),
            Region = engine.Engine.Region,
            Http = Recorder,
            MakesManyCalls = manyCalls,
        });
        settings = new() { Clients = Clients, Supervisor = engine.WriteFile("supervisor", supervisor) };
    }

    public AwsClients Clients { get; }

    public Recorder Recorder { get; } = new();

    /// <summary>That roles shall have. Default: what they have.</summary>
    public RoleBoundary Boundary { get; set; }

    /// <summary>What rm takes the time to be. Default: what it is.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public Task<DeployPlan> Plan(params FunctionDefinition[] functions) =>
        Planner.Plan(new Pipeline("test", functions), settings with { Boundary = Boundary }, Cancellation);

    /// <returns>The plan that was carried out.</returns>
    public async Task<DeployPlan> Init(params FunctionDefinition[] functions)
    {
        var plan = await Plan(functions);
        Recorder.Forget();
        await Applier.Apply(plan, null, Cancellation);
        return plan;
    }

    /// <summary>As <see cref="Init"/>, with the calls of planning among the recorded.</summary>
    public async Task<DeployPlan> PlanAndInit(params FunctionDefinition[] functions)
    {
        var plan = await Plan(functions);
        await Applier.Apply(plan, null, Cancellation);
        return plan;
    }

    public Task Apply(DeployPlan plan) => Applier.Apply(plan, null, Cancellation);

    public Task<DeployPlan> Remove(bool deleteBuckets, params FunctionDefinition[] functions) => Remove(deleteBuckets, JobFate.Cancel, functions);

    public async Task<DeployPlan> Remove(bool deleteBuckets, JobFate jobs, params FunctionDefinition[] functions)
    {
        var plan = await Remover.Plan(new Pipeline("test", functions), settings with { Clock = Clock }, deleteBuckets, jobs, Cancellation);
        await Apply(plan);
        return plan;
    }

    /// <summary>As <see cref="Remove(bool, JobFate, FunctionDefinition[])"/>, without their file.</summary>
    public async Task<DeployPlan> Remove(JobFate jobs, params string[] functions)
    {
        var plan = await Remover.Plan(functions, settings with { Clock = Clock }, false, jobs, Cancellation);
        await Apply(plan);
        return plan;
    }

    /// <summary>Goes to a version of functions; null is the one before.</summary>
    public async Task<DeployPlan> GoBack(string? version, params string[] functions)
    {
        var plan = await Rollback.Plan(functions, version, Clients, Cancellation);
        await Apply(plan);
        return plan;
    }

    /// <summary>What <see cref="Remove(bool, FunctionDefinition[])"/> would do.</summary>
    public Task<DeployPlan> PlanRemoval(params FunctionDefinition[] functions) => PlanRemoval(JobFate.Cancel, functions);

    public Task<DeployPlan> PlanRemoval(JobFate jobs, params FunctionDefinition[] functions) =>
        Remover.Plan(new Pipeline("test", functions), settings with { Clock = Clock }, false, jobs, Cancellation);

    /// <summary>Everything that <c>init</c> could have made, as lines.</summary>
    public async Task<IReadOnlyList<string>> WhatIsThere()
    {
        var buckets = (await Clients.S3.ListBucketsAsync(Cancellation)).Buckets ?? [];
        var functions = (await Clients.Lambda.ListFunctionsAsync(new(), Cancellation)).Functions ?? [];
        var definitions = (await Clients.Batch.DescribeJobDefinitionsAsync(new() { Status = "ACTIVE" }, Cancellation)).JobDefinitions ?? [];
        var queues = (await Clients.Batch.DescribeJobQueuesAsync(new(), Cancellation)).JobQueues ?? [];
        var environments = (await Clients.Batch.DescribeComputeEnvironmentsAsync(new(), Cancellation)).ComputeEnvironments ?? [];
        var groups = (await Clients.Logs.DescribeLogGroupsAsync(new(), Cancellation)).LogGroups ?? [];
        var templates = (await Clients.Ec2.DescribeLaunchTemplatesAsync(new(), Cancellation)).LaunchTemplates ?? [];
        var roles = (await Clients.Iam.ListRolesAsync(new() { PathPrefix = "/scarnet/" }, Cancellation)).Roles;
        return
        [
            .. roles.Select(r => $"role {r.RoleName}"),
            .. buckets.Select(b => $"bucket {b.BucketName}"),
            .. functions.Select(f => $"function {f.FunctionName}"),
            .. definitions.Select(d => $"definition {d.JobDefinitionName}"),
            .. queues.Select(q => $"queue {q.JobQueueName}"),
            .. environments.Select(e => $"environment {e.ComputeEnvironmentName}"),
            .. templates.Select(t => $"template {t.LaunchTemplateName}"),
            .. groups.Select(g => $"group {g.LogGroupName}"),
        ];
    }

    /// <summary>The same in every detail.</summary>
    public Task<IReadOnlyList<string>> State() => AccountState.Read(Clients, Cancellation);

    /// <summary>Takes away what <c>rm</c> leaves, whoever uses it.</summary>
    public async Task RemoveShared()
    {
        var target = await Target.Of(Clients, Cancellation);
        foreach (var queue in SharedCompute.Everything)
        {
            await new JobQueues(target).Delete(queue, Cancellation);
        }

        foreach (var environment in SharedCompute.Everything)
        {
            await new ComputeEnvironments(target).Delete(environment, Cancellation);
        }

        foreach (var template in (await new LaunchTemplates(target).All(Cancellation)).Keys)
        {
            await Clients.Ec2.DeleteLaunchTemplateAsync(new() { LaunchTemplateName = template }, Cancellation);
        }

        if (await new Buckets(target).Exists(target.ArtifactBucket, Cancellation))
        {
            await new Buckets(target).Delete(target.ArtifactBucket, Cancellation);
        }
    }

    /// <summary>Every call that was made, against AWS's own description of the services.</summary>
    public void AssertCallsAreWhatAwsTakes()
    {
        var problems = Recorder.Calls
            .Where(call => call.Service is "batch" or "lambda" or "logs" or "iam" or "ecr" or "events" or "ec2" || IsOfABucket(call))
            .SelectMany(call => WireCheck.Problems(call, ServiceModel.Of(call.Service)));
        var told = string.Join('\n', problems.Distinct());
        Assert.True(told.Length == 0, told);
    }

    public void Dispose() => Clients.Dispose();

    // What is asked of objects is the SDK's own work, and its models are newer than Debian's.
    private static bool IsOfABucket(RecordedCall call) =>
        call is { Service: "s3", Changes: true } && !call.Uri.AbsolutePath.Trim('/').Contains('/', StringComparison.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
