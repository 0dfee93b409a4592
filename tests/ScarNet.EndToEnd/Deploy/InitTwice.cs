using ScarNet.Cli.Deploy;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

public sealed class InitTwice(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task ChangesNothing()
    {
        using var deployment = new Deployment(engine);
        var functions = new[] { Pipelines.Inline(), Pipelines.Batch() };

        var first = await deployment.Init(functions);
        deployment.AssertCallsAreWhatAwsTakes();
        var second = await deployment.Init(functions);

        Assert.Contains(first.Steps, step => step is { Kind: StepKind.Create, Resource: "function", Name: "split" });
        Assert.Empty(second.Steps.Where(step => step.Kind != StepKind.Keep));
        Assert.True(second.IsEmpty);
        Assert.Empty(deployment.Recorder.Changes);
    }

    [Fact]
    public async Task WithAnotherScriptUpdatesOnlyTheCode()
    {
        using var deployment = new Deployment(engine);
        var before = Pipelines.Inline("rewritten");
        var after = before with { Script = Core.Functions.ScriptSource.Line("true") };
        await deployment.Init(before);

        var plan = await deployment.Init(after);

        var steps = plan.Steps.Where(s => s.Kind != StepKind.Keep).Select(s => $"{s.Kind} {s.Resource}: {s.Reason}");
        Assert.Equal(["Create artifact: is not there yet", "Update function: its code has changed", "Update alias: goes on to the version of the file"], steps);
        Assert.Equal(
            ["PUT /2015-03-31/functions/rewritten/code", "POST /2017-03-31/tags", "POST /2015-03-31/functions/rewritten/versions", "PUT /2015-03-31/functions/rewritten/aliases/live"],
            deployment.Recorder.Changes.Where(c => c.Service == "lambda").Select(c => $"{c.Method} {c.Uri.AbsolutePath.Split("/arn")[0]}"));
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task WithOtherSettingsUpdatesOnlyThem()
    {
        using var deployment = new Deployment(engine);
        var before = Pipelines.Inline("resized");
        var after = before with { MemoryMiB = 1024, LambdaEnvironment = new Dictionary<string, string>(), Retries = null, LogRetentionDays = 7 };
        await deployment.Init(before);

        var plan = await deployment.Init(after);

        var changes = plan.Steps.Where(s => s.Kind != StepKind.Keep).SelectMany(s => s.Changes);
        Assert.Equal(
            [new("retentionInDays", "30", "7"), new("MemorySize", "512", "1024"), new("LEVEL", "(a value)", null), new("version", "1", "2"), new("MaximumRetryAttempts", "1", null)],
            changes);
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task WithAnotherJobScriptRegistersOneMoreRevisionAndSubmitsToIt()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Batch("recount"));
        var after = Pipelines.Batch("recount", "false");

        await deployment.Init(after);

        var function = await deployment.Clients.Lambda.GetFunctionConfigurationAsync(
            new() { FunctionName = "recount", Qualifier = "live" }, TestContext.Current.CancellationToken);
        Assert.Equal("scarnet-recount:2", function.Environment?.Variables?["SCARNET_JOB_DEFINITION"]);
        Assert.Equal("scarnet", function.Environment?.Variables?["SCARNET_JOB_QUEUE"]);
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task AfterATriggerMovedToAnotherBucketLeavesNothingBehind()
    {
        using var deployment = new Deployment(engine);
        var before = Pipelines.Inline("moving");
        var after = before with { Triggers = [new("elsewhere-in", "")] };
        await deployment.Init(before);

        await deployment.Init(after);

        var cancellation = TestContext.Current.CancellationToken;
        var old = await deployment.Clients.S3.GetBucketNotificationAsync("moving-in", cancellation);
        var policy = await deployment.Clients.Lambda.GetPolicyAsync(new() { FunctionName = "moving", Qualifier = "live" }, cancellation);
        Assert.Empty(old.LambdaFunctionConfigurations ?? []);
        Assert.DoesNotContain("moving-in", policy.Policy, StringComparison.Ordinal);
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task WithAnImageInPlaceOfAZipWarnsOfWhatIsMissedMeanwhile()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Inline("turned"));
        var after = Pipelines.Inline("turned") with { Image = "busybox" };

        var plan = await deployment.Init(after);

        Assert.Equal(
            "function 'turned' is taken away and made anew: a zip cannot become an image, nor an image a zip; objects that come meanwhile start nothing, and 'scarnet run' can take them up",
            Assert.Single(plan.Warnings));
        var again = await deployment.Plan(after);
        Assert.True(again.IsEmpty);
        Assert.Empty(again.Warnings);
    }
}
