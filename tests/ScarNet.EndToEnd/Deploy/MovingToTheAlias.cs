using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Functions that an older <c>init</c> made: S3 called them by their names.</summary>
public sealed class MovingToTheAlias(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task IsOneWriteThatLeavesTheOldWayOpenForAWhile()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("older");
        await BeforeAliases.Init(deployment, function, Cancellation);

        var plan = await deployment.Init(function);

        Assert.Equal(
            ["Update function tag 'older scarnet:moved'", "Create alias 'older:live'", "Create retries 'older'", "Create permission 'older for older-in'", "Update notifications 'older-in'"],
            plan.Steps.Where(step => step.Kind != StepKind.Keep).Select(step => $"{step.Kind} {step.Resource} '{step.Name}'"));
        Assert.Single(deployment.Recorder.Calls, call => call.Method == "PUT" && call.Uri.Query.Contains("notification", StringComparison.Ordinal));
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.All(await Called(deployment, function), called => Assert.Equal(BeforeAliases.Itself("older:live"), called.Destination));
        Assert.True(await MayBeCalled(deployment, ("older-in", "older")));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task IsNotForWhatAnInitLeftThatEndedBeforeTheAlias()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("unfinished");
        await deployment.Init(function);
        var clean = Of("unfinished", await deployment.State());
        await deployment.Remove(true, function);
        var gone = false;
        deployment.Recorder.Answer = call => (gone |= call.Uri.AbsolutePath.EndsWith("/versions", StringComparison.Ordinal) && call.Method == "POST")
            ? throw new HttpRequestException("the process is gone")
            : null;
        await Assert.ThrowsAnyAsync<Exception>(() => deployment.Init(function));
        deployment.Recorder.Answer = _ => null;

        var plan = await deployment.Init(function);

        Assert.DoesNotContain(plan.Steps, step => step.Resource == "function tag");
        Assert.Equal(clean, Of("unfinished", await deployment.State()));
    }

    [Fact]
    public async Task EndsHoursLaterAsIfItHadAlwaysBeenSo()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("settled");
        await deployment.Init(function);
        var clean = Of("settled", await deployment.State());
        await deployment.Remove(true, function);
        await BeforeAliases.Init(deployment, function, Cancellation);
        await deployment.Init(function);
        await deployment.Clients.Lambda.TagResourceAsync(
            new() { Resource = BeforeAliases.Itself("settled"), Tags = new() { ["scarnet:moved"] = "2026-01-01T00:00:00Z" } }, Cancellation);

        var plan = await deployment.Init(function);

        var step = Assert.Single(plan.Steps, step => step.Kind != StepKind.Keep);
        Assert.Equal("delete permission 'settled without its alias'", step.ToString());
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal(clean, Of("settled", await deployment.State()));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    /// <summary>A run that began to move and did not get to S3 is no reason to take the old way away.</summary>
    [Fact]
    public async Task BeginsAnewWhereItWasLeftLongAgo()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Inline("left");
        await BeforeAliases.Init(deployment, function, Cancellation);
        // The process goes before that write, and undoes nothing.
        var gone = false;
        deployment.Recorder.Answer = call => (gone |= call.Method == "PUT" && call.Uri.Query.Contains("notification", StringComparison.Ordinal))
            ? throw new InvalidOperationException("the process is gone")
            : null;
        Assert.NotNull(await Record.ExceptionAsync(() => deployment.Init(function)));
        Injection.OutOf(deployment.Recorder);
        await deployment.Clients.Lambda.TagResourceAsync(
            new() { Resource = BeforeAliases.Itself("left"), Tags = new() { ["scarnet:moved"] = "2026-01-01T00:00:00Z" } }, Cancellation);

        await deployment.Init(function);

        Assert.All(await Called(deployment, function), called => Assert.Equal(BeforeAliases.Itself("left:live"), called.Destination));
        Assert.True(await MayBeCalled(deployment, ("left-in", "left")));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Theory]
    [InlineData(Fault.Denied)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.NeverAnswered)]
    [InlineData(Fault.Killed)]
    public async Task LeavesNoObjectWithoutAFunctionWhereverItFails(Fault fault)
    {
        using var deployment = new Deployment(engine);
        var name = $"torn-{fault.ToString().ToLowerInvariant()}";
        // Two buckets: the second write may fail when the first is done.
        var function = Pipelines.Inline(name) with { Triggers = [new Trigger($"{name}-in", "a/"), new Trigger($"{name}-two", "b/")] };
        var calls = 0;
        for (var over = false; !over; calls++)
        {
            await BeforeAliases.Init(deployment, function, Cancellation);
            var injection = new Injection(fault, calls);
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Init(function));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            var what = $"{fault} at call {calls} ({injection.Hit}): {failure?.Message}";
            foreach (var called in await Called(deployment, function))
            {
                Assert.True(await MayBeCalled(deployment, called), $"{what}: {called}");
            }

            await deployment.Init(function);
            Assert.All(await Called(deployment, function), called => Assert.EndsWith(":live", called.Destination, StringComparison.Ordinal));
            Assert.True((await deployment.Plan(function)).IsEmpty, what);
            await deployment.Remove(true, function);
        }

        Assert.True(calls > 5, $"only {calls} calls failed");
    }

    /// <summary>What each bucket calls: one for each entry that the function needs, no more and no fewer.</summary>
    private static async Task<IReadOnlyList<(string Bucket, string Destination)>> Called(Deployment deployment, FunctionDefinition function)
    {
        var called = new List<(string Bucket, string Destination)>();
        foreach (var trigger in function.Triggers)
        {
            var told = (await deployment.Clients.S3.GetBucketNotificationAsync(trigger.Bucket, Cancellation)).LambdaFunctionConfigurations ?? [];
            Assert.Equal(trigger.Filters.Count(), told.Count);
            called.AddRange(told.Select(entry => (trigger.Bucket, entry.FunctionArn)));
        }

        return called;
    }

    /// <summary>Whether there is such a function or alias, and the bucket may call it.</summary>
    private static async Task<bool> MayBeCalled(Deployment deployment, (string Bucket, string Destination) called) =>
        (await deployment.Clients.Lambda.GetPolicyAsync(new() { FunctionName = called.Destination }, Cancellation)).Policy!
            .Contains($"arn:aws:s3:::{called.Bucket}\"", StringComparison.Ordinal);

    private static List<string> Of(string function, IEnumerable<string> state) => [.. state.Where(line => line.Contains(function, StringComparison.Ordinal))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
