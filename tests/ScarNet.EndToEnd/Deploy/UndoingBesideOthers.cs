using System.Net;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>An <c>init</c> that fails while others are at work in the same account: it undoes what it has made, and nothing else.</summary>
public sealed class UndoingBesideOthers : IAsyncLifetime
{
    private const string Artifacts = "scarnet-artifacts-000000000000-us-east-1";

    private static readonly FunctionDefinition[] Functions = [Pipelines.Inline(), Pipelines.Batch(), Own("large")];

    private readonly EngineFixture engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task LeavesWhatAnotherRunHasMade()
    {
        using var first = new Deployment(engine);
        using var second = new Deployment(engine);
        var plan = await second.Plan(Functions);
        await first.Init(Functions);
        var made = await first.State();

        // The last step of all: S3 tells the function.
        var failure = await Fail(second, call => IsNotification(call), () => second.Apply(plan));

        Assert.Contains("no", failure.Message, StringComparison.Ordinal);
        Assert.Equal(made, await first.State());
        Assert.True((await first.Plan(Functions)).IsEmpty);
    }

    /// <summary>The other comes between this run's role and its function, with the same file or another: its function stands on that role.</summary>
    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public async Task LeavesWhatItHasMadeForAFunctionThatAnotherRunWasFasterToMake(int otherMemory)
    {
        using var slow = new Deployment(engine);
        using var fast = new Deployment(engine);
        var (mine, theirs) = (Pipelines.Inline() with { MemoryMiB = 512 }, Pipelines.Inline() with { MemoryMiB = otherMemory });
        var (plan, hasCome) = (await slow.Plan(mine), false);
        slow.Recorder.Answer = call =>
        {
            if (call is { Service: "lambda", Method: "POST" } && call.Uri.AbsolutePath.TrimEnd('/').EndsWith("/functions", StringComparison.Ordinal) && !hasCome)
            {
                hasCome = true;
                Task.Run(() => fast.Init(theirs), Cancellation).Wait(Cancellation);
            }

            return IsNotification(call) && hasCome ? ServiceErrors.Of(call, HttpStatusCode.Forbidden, "AccessDenied", "no") : null;
        };

        await Assert.ThrowsAnyAsync<Exception>(() => slow.Apply(plan));

        Assert.True(hasCome);
        Assert.DoesNotContain((await fast.Plan(theirs)).Steps, step => step.Kind != StepKind.Keep);
    }

    [Fact]
    public async Task TakesItsOwnAwayThoughEachFirstAnswerWasLost()
    {
        using var deployment = new Deployment(engine);
        var empty = await deployment.State();
        var lost = new HashSet<string>();
        deployment.Recorder.Lose = call =>
        {
            lock (lost)
            {
                return call is { Changes: true, Service: not "s3" } && !call.Uri.AbsolutePath.Contains("/tags/", StringComparison.Ordinal) && lost.Add($"{call} {Convert.ToHexString(call.Body)}");
            }
        };

        await Fail(deployment, call => IsNotification(call) && call.Changes, () => deployment.Init(Functions));

        Assert.True(lost.Count > 10, $"only {lost.Count} answers were lost");
        deployment.Recorder.Lose = _ => false;
        Assert.Equal(empty, await deployment.State());
    }

    [Fact]
    public async Task LeavesTheArtifactBucketToOthersWithAllThatIsInIt()
    {
        using var deployment = new Deployment(engine);
        using var other = new Deployment(engine);
        var wanted = await deployment.Plan(Functions);

        var failure = await Fail(
            deployment,
            call => IsNotification(call) && call.Changes,
            () => deployment.Apply(wanted),
            () => other.Clients.S3.PutObjectAsync(new() { BucketName = Artifacts, Key = "runs/theirs", ContentBody = "1" }, Cancellation));

        Assert.Contains($"bucket '{Artifacts}' (somebody else has put something there)", failure.Message, StringComparison.Ordinal);
        var keys = (await other.Clients.S3.ListObjectsV2Async(new() { BucketName = Artifacts }, Cancellation)).S3Objects.Select(o => o.Key).ToList();
        Assert.Contains("runs/theirs", keys);
        Assert.Contains(wanted.Steps.Single(step => step.Resource == "supervisor").Name[$"s3://{Artifacts}/".Length..], keys);
        Assert.DoesNotContain(await other.WhatIsThere(), line => line.StartsWith("function", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LeavesObjectsNamedAfterTheirContentInABucketThatWasThere()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Inline("before"));
        var plan = await deployment.Plan(Pipelines.Batch("after"));

        await Fail(deployment, call => IsNotification(call) && call.Changes, () => deployment.Apply(plan));

        var keys = (await deployment.Clients.S3.ListObjectsV2Async(new() { BucketName = Artifacts }, Cancellation)).S3Objects.Select(o => $"s3://{Artifacts}/{o.Key}").ToHashSet();
        Assert.Subset(keys, plan.Steps.Where(step => step is { Resource: "artifact" or "supervisor" }).Select(step => step.Name).ToHashSet());
        Assert.True((await deployment.Plan(Pipelines.Inline("before"))).IsEmpty);
    }

    [Fact]
    public async Task LeavesSharedMachinesToAFunctionThatHasComeMeanwhile()
    {
        using var deployment = new Deployment(engine);
        using var other = new Deployment(engine);

        var failure = await Fail(
            deployment, call => IsNotification(call) && call.Changes, () => deployment.Init(Functions), () => other.Init(Pipelines.Batch("theirs")));

        Assert.Contains("job queue 'scarnet' (function 'theirs' uses it)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("compute environment 'scarnet' (job queue 'scarnet' uses it)", failure.Message, StringComparison.Ordinal);
        Assert.True((await other.Plan(Pipelines.Batch("theirs"))).IsEmpty);
        var left = await other.WhatIsThere();
        Assert.Contains("queue scarnet", left);
        Assert.DoesNotContain("queue scarnet-large", left);
        Assert.DoesNotContain("function split", left);
    }

    private static bool IsNotification(RecordedCall call) => call.Service == "s3" && call.Uri.Query.StartsWith("?notification", StringComparison.Ordinal);

    /// <summary>Refuses certain calls, once something has happened meanwhile.</summary>
    private static async Task<Exception> Fail(Deployment deployment, Func<RecordedCall, bool> calls, Func<Task> work, Func<Task>? meanwhile = null)
    {
        var gate = new Lazy<Task>(() => meanwhile?.Invoke() ?? Task.CompletedTask);
        deployment.Recorder.Answer = call =>
        {
            if (!calls(call))
            {
                return null;
            }

            gate.Value.GetAwaiter().GetResult();
            return ServiceErrors.Of(call, HttpStatusCode.Forbidden, "AccessDenied", "no");
        };
        var failure = await Record.ExceptionAsync(work);
        deployment.Recorder.Answer = _ => null;
        Assert.NotNull(failure);
        return failure;
    }

    private static FunctionDefinition Own(string name) => Pipelines.Batch(name) with { Batch = new() { Compute = new() { MaxVcpus = 7 } } };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
