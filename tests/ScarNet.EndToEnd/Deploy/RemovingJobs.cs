using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>A function goes while jobs of it wait and run.</summary>
public sealed class RemovingJobs : IAsyncLifetime
{
    private const string Reason = "scarnet rm: function 'busy' is taken away";

    private readonly EngineFixture engine = new();

    /// <summary>Jobs run until there is this file.</summary>
    private string Release => Path.Join(engine.Files, "release");

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task CancelsThoseThatWaitAndTerminatesThoseThatRun()
    {
        using var deployment = Deploy();
        await deployment.Init(Busy, Other);
        var held = await WaitingJob.Prepare(deployment, "scarnet-other:1", Cancellation);
        var runs = await Running(deployment);
        var waits = await WaitingJob.Submit(deployment, "scarnet", "scarnet-busy:1", held, null, Cancellation);
        var array = await WaitingJob.Submit(deployment, "scarnet", "scarnet-busy:1", held, 2, Cancellation);
        var others = await WaitingJob.Submit(deployment, "scarnet", "scarnet-other:1", held, null, Cancellation);
        deployment.Recorder.Forget();

        var plan = await deployment.Remove(false, Busy);

        deployment.AssertCallsAreWhatAwsTakes();
        var step = Assert.Single(plan.Steps, step => step.Resource == "jobs");
        Assert.Equal("of 'busy': 1 job waiting, 2 under way, cancelled and terminated ('--drain' waits for them, '--keep-jobs' leaves them)", step.Reason);
        foreach (var job in await Describe(deployment, runs, waits, array, $"{array}:0", $"{array}:1"))
        {
            Assert.Equal(("FAILED", Reason), (job.Status, job.StatusReason));
        }

        Assert.Equal("PENDING", Assert.Single(await Describe(deployment, others)).Status);
        Assert.Contains("job queue 'scarnet' with its compute environments, which 'other' uses", plan.Kept);
        Assert.Equal(["CancelJob", "TerminateJob"], Ends(deployment).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(3, Ends(deployment).Count());
    }

    [Fact]
    public async Task WaitsForThemWhenItIsToldTo()
    {
        using var deployment = Deploy();
        await deployment.Init(Busy);
        var job = await Running(deployment);
        var plan = await deployment.PlanRemoval(JobFate.Drain, Busy);
        var said = new List<string?>();

        await Applier.Apply(plan, new Told(said, () => File.WriteAllText(Release, "")), Cancellation);

        Assert.Equal(["1 job under way"], said);
        Assert.Equal("SUCCEEDED", Assert.Single(await Describe(deployment, job)).Status);
        Assert.Empty(await QueuesAndDefinitions(deployment));
    }

    [Fact]
    public async Task IsInterruptedWhileItWaitsAndGoesOnLater()
    {
        using var deployment = Deploy();
        await deployment.Init(Busy);
        var job = await Running(deployment);
        var plan = await deployment.PlanRemoval(JobFate.Drain, Busy);
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Applier.Apply(plan, new Told([], interruption.Cancel), interruption.Token));

        Assert.Equal("RUNNING", Assert.Single(await Describe(deployment, job)).Status);
        Assert.Contains("definition scarnet-busy", await QueuesAndDefinitions(deployment));

        await deployment.Remove(false, Busy);

        Assert.Equal(("FAILED", Reason), (await Describe(deployment, job)).Select(j => (j.Status, j.StatusReason)).Single());
        Assert.Empty(await QueuesAndDefinitions(deployment));
    }

    [Fact]
    public async Task LeavesThemWithWhatTheyStandOn()
    {
        using var deployment = Deploy();
        await deployment.Init(Busy);
        var job = await Running(deployment);

        var plan = await deployment.Remove(false, JobFate.Keep, Busy);

        Assert.Contains("1 job under way of function 'busy' in queue 'scarnet', with their job definition and job role", plan.Kept);
        Assert.Contains("role busy.us-east-1.job", await deployment.WhatIsThere());
        Assert.Equal(["definition scarnet-busy", "queue scarnet"], await QueuesAndDefinitions(deployment));

        await File.WriteAllTextAsync(Release, "", Cancellation);
        await Until(deployment, job, "SUCCEEDED");
        await deployment.Remove(false, Busy);

        Assert.DoesNotContain(await deployment.WhatIsThere(), line => !line.StartsWith("bucket", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FindsThoseInTheUsersQueueOfAFunctionThatIsGone()
    {
        using var deployment = Deploy();
        await Mine(deployment);
        await deployment.Init(Busy with { Batch = Busy.Batch with { Queue = "mine" } });
        var job = await Running(deployment, "mine");

        var first = await deployment.Remove(JobFate.Keep, "busy");

        Assert.Contains("1 job under way of function 'busy' in queue 'mine', with their job definition and job role", first.Kept);
        Assert.DoesNotContain("function busy", await deployment.WhatIsThere());

        var again = await deployment.Remove(JobFate.Keep, "busy");

        Assert.Contains("1 job under way of function 'busy' in queue 'mine', with their job definition and job role", again.Kept);
        Assert.Equal(["definition scarnet-busy", "queue mine"], await QueuesAndDefinitions(deployment));
        Assert.Contains("role busy.us-east-1.job", await deployment.WhatIsThere());

        await deployment.Remove(JobFate.Cancel, "busy");

        Assert.Equal(("FAILED", Reason), (await Describe(deployment, job)).Select(j => (j.Status, j.StatusReason)).Single());
        Assert.Equal(["queue mine"], await QueuesAndDefinitions(deployment));
    }

    [Fact]
    public async Task FindsThoseInTheQueueOfAVersionThatIsKept()
    {
        using var deployment = Deploy();
        await Mine(deployment);
        await deployment.Init(Busy with { Batch = Busy.Batch with { Queue = "mine" } });
        await deployment.Init(Busy);
        var job = await Running(deployment, "mine");

        var plan = await deployment.Remove(JobFate.Cancel, "busy");

        Assert.Contains(plan.Steps, step => step is { Resource: "jobs", Name: "mine" });
        Assert.Equal(("FAILED", Reason), (await Describe(deployment, job)).Select(j => (j.Status, j.StatusReason)).Single());
    }

    [Theory]
    [MemberData(nameof(Injection.EveryFault), MemberType = typeof(Injection))]
    public async Task ConvergesWhicheverCallFails(Fault fault)
    {
        using var deployment = Deploy();
        await deployment.Init(Other, Busy);
        var held = await WaitingJob.Prepare(deployment, "scarnet-other:1", Cancellation);
        await deployment.Remove(false, Busy);
        var clean = await deployment.State();

        var calls = 0;
        for (var over = false; !over; calls++)
        {
            await deployment.Init(Other, Busy);
            var definition = (await deployment.Clients.Batch.DescribeJobDefinitionsAsync(new() { JobDefinitionName = "scarnet-busy", Status = "ACTIVE" }, Cancellation))
                .JobDefinitions!.Select(d => $"scarnet-busy:{d.Revision}").Single();
            var waits = await WaitingJob.Submit(deployment, "scarnet", definition, held, null, Cancellation);
            var array = await WaitingJob.Submit(deployment, "scarnet", definition, held, 2, Cancellation);
            var injection = new Injection(fault, calls, call => call.Service == "batch");
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Remove(false, Busy));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            var what = $"{fault} at call {calls} ({injection.Hit}): {failure?.Message}";
            Assert.True(failure is null || fault is not (Fault.Throttled or Fault.ServerError), what);
            if (failure is not null)
            {
                await deployment.Remove(false, Busy);
            }

            var state = await deployment.State();
            Assert.True(clean.SequenceEqual(state), $"{what}\nmissing:\n{string.Join('\n', clean.Except(state))}\ntoo much:\n{string.Join('\n', state.Except(clean))}");
            Assert.All(await Describe(deployment, waits, array), job => Assert.Equal("FAILED", job.Status));
        }

        Assert.True(calls > 3, $"only {calls} calls failed");
    }

    /// <summary>Its jobs run on this machine.</summary>
    private static FunctionDefinition Busy => Pipelines.Batch("busy") with { Image = null };

    private static FunctionDefinition Other => Pipelines.Batch("other") with { Image = null };

    private Deployment Deploy() => new(engine, $"#!/bin/sh\nwhile [ ! -e '{Release}' ]; do sleep 0.05; done\n");

    /// <summary>A queue of the user's own.</summary>
    private static async Task Mine(Deployment deployment)
    {
        var batch = deployment.Clients.Batch;
        await batch.CreateComputeEnvironmentAsync(
            new() { ComputeEnvironmentName = "mine", Type = "MANAGED", State = "ENABLED", ComputeResources = new() { Type = "EC2", MaxvCpus = 1 } }, Cancellation);
        await batch.CreateJobQueueAsync(
            new() { JobQueueName = "mine", State = "ENABLED", Priority = 1, ComputeEnvironmentOrder = [new() { Order = 1, ComputeEnvironment = "mine" }] }, Cancellation);
    }

    private static async Task<string> Running(Deployment deployment, string queue = "scarnet")
    {
        var job = (await deployment.Clients.Batch.SubmitJobAsync(new() { JobName = "runs", JobQueue = queue, JobDefinition = "scarnet-busy:1" }, Cancellation)).JobId!;
        await Until(deployment, job, "RUNNING");
        return job;
    }

    private static Task<JobDetail> Until(Deployment deployment, string job, string status) => Poll.Until(
        async ct => (await Describe(deployment, job)).Single(), seen => seen.Status == status, TimeSpan.FromSeconds(30), $"job {job}", Cancellation);

    private static async Task<IReadOnlyList<JobDetail>> Describe(Deployment deployment, params string[] jobs) =>
        (await deployment.Clients.Batch.DescribeJobsAsync(new() { Jobs = [.. jobs] }, Cancellation)).Jobs ?? [];

    private static IEnumerable<string> Ends(Deployment deployment) => deployment.Recorder.Calls
        .Select(call => ServiceModel.Of("batch").Find(call)?.Name).OfType<string>().Where(name => name is "CancelJob" or "TerminateJob");

    private static async Task<IEnumerable<string>> QueuesAndDefinitions(Deployment deployment) =>
        (await deployment.WhatIsThere()).Where(line => line.StartsWith("queue ", StringComparison.Ordinal) || line.StartsWith("definition ", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Does something when a step says that it waits.</summary>
    private sealed class Told(List<string?> said, Action then) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            if (value.State == StepState.Waiting)
            {
                said.Add(value.Message);
                then();
            }
        }
    }
}
