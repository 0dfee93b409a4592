using System.Net;
using System.Text;
using Amazon.S3.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary><c>trigger: eventbridge</c> on its way to an account and out of it.</summary>
public sealed class StartingByEventBridge(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task MakesARuleAndSwitchesTheBucketOn()
    {
        using var deployment = new Deployment(engine);
        var letters = "arn:aws:sqs:us-east-1:000000000000:letters";
        var function = Bridged("ruled", "ruled-in") with { DeadLetter = letters };

        var made = await deployment.Init(function);
        deployment.AssertCallsAreWhatAwsTakes();
        var again = await deployment.Plan(function);

        Assert.Equal(
            ["create permission 'ruled for EventBridge'", "create event rule 'scarnet.ruled'", "create notifications 'ruled-in'"],
            made.Steps.Where(step => step.Resource is "permission" or "event rule" or "notifications").Select(step => step.ToString()));
        Assert.True(again.IsEmpty, string.Join('\n', again.Steps.Where(step => step.Kind != StepKind.Keep)));
        var rule = await deployment.Clients.EventBridge.DescribeRuleAsync(new() { Name = "scarnet.ruled" }, Cancellation);
        Assert.Equal(
            """{"source":["aws.s3"],"detail-type":["Object Created"],"detail":{"bucket":{"name":["ruled-in"]},"object":{"key":[{"wildcard":"data=1/*.txt"},{"wildcard":"data=1/*.csv"}]}}}""",
            rule.EventPattern);
        var target = Assert.Single((await deployment.Clients.EventBridge.ListTargetsByRuleAsync(new() { Rule = "scarnet.ruled" }, Cancellation)).Targets!);
        Assert.Equal(letters, target.DeadLetterConfig?.Arn);
        Assert.True(await IsOn(deployment, "ruled-in"));
        Assert.Empty(await Entries(deployment, "ruled-in"));
    }

    [Fact]
    public async Task GoesWithTheFunction()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("left", "left-in"));

        var removed = await deployment.Remove(false, Bridged("left", "left-in"));

        Assert.Equal(
            ["delete notifications 'left-in'", "delete event rule 'scarnet.left'", "delete function 'left'"],
            removed.Steps.Where(step => step.Resource is "event rule" or "notifications" or "function").Select(step => step.ToString()));
        Assert.False(await IsOn(deployment, "left-in"));
        Assert.Empty(await Rules(deployment, "scarnet.left"));
        deployment.AssertCallsAreWhatAwsTakes();
    }

    [Fact]
    public async Task GoesThoughItsTargetIsOnItForAWhileLonger()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("lagging", "lagging-in"));
        var refused = 0;
        deployment.Recorder.Answer = call => Is(call, "DeleteRule") && Interlocked.Increment(ref refused) == 1
            ? ServiceErrors.Of(call, HttpStatusCode.BadRequest, "ValidationException", "Rule can't be deleted since it has targets.")
            : null;

        await deployment.Remove(false, Bridged("lagging", "lagging-in"));

        Assert.Equal(2, refused);
        Assert.Empty(await Rules(deployment, "scarnet.lagging"));
    }

    [Fact]
    public async Task StaysWhenATargetDoesNotGo()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("stuck", "stuck-in"));
        deployment.Recorder.Answer = call => Is(call, "RemoveTargets")
            ? Json("""{"FailedEntryCount": 1, "FailedEntries": [{"TargetId": "scarnet", "ErrorCode": "ManagedRuleException", "ErrorMessage": "no"}]}""")
            : null;

        var failure = await Assert.ThrowsAsync<ScarException>(() => deployment.Remove(false, Bridged("stuck", "stuck-in")));

        Assert.Equal("EventBridge does not take target 'scarnet' off rule 'scarnet.stuck': ManagedRuleException: no", failure.Message);
        Assert.DoesNotContain(deployment.Recorder.Calls, call => Is(call, "DeleteRule"));
    }

    [Fact]
    public async Task IsFoundWhenTheFileIsLost()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("lost", "lost-in"));

        var plan = await Remover.Plan(["lost"], new() { Clients = deployment.Clients, Supervisor = "" }, false, JobFate.Cancel, Cancellation);
        await deployment.Apply(plan);

        Assert.False(await IsOn(deployment, "lost-in"));
        Assert.Empty(await Rules(deployment, "scarnet.lost"));
        Assert.Contains("bucket 'lost-in' and what is in it", plan.Kept);
    }

    [Fact]
    public async Task LeavesTheSwitchToOtherRulesOfTheBucket()
    {
        using var deployment = new Deployment(engine);
        var (first, second) = (Bridged("first", "both-in"), Bridged("second", "both-in"));
        await deployment.Init(first);
        await deployment.Init(second);

        var one = await deployment.Remove(false, first);
        var between = await IsOn(deployment, "both-in");
        await deployment.Remove(false, second);

        Assert.Contains("EventBridge on bucket 'both-in', which other rules use", one.Kept);
        Assert.True(between);
        Assert.False(await IsOn(deployment, "both-in"));
    }

    [Fact]
    public async Task LeavesTheSwitchToARuleOfSomebodyElse()
    {
        using var deployment = new Deployment(engine);
        var function = Bridged("heard", "heard-in");
        await deployment.Init(function);
        await deployment.Clients.EventBridge.PutRuleAsync(
            new() { Name = "their-cleaning", EventPattern = """{"source":["aws.s3"],"detail-type":["Object Deleted"],"detail":{"bucket":{"name":["heard-in"]}}}""" },
            Cancellation);

        var removal = await deployment.Remove(false, function);

        Assert.True(await IsOn(deployment, "heard-in"));
        Assert.Contains("EventBridge on bucket 'heard-in', which other rules use", removal.Kept);
    }

    [Fact]
    public async Task ForgetsAMarkWhoseSwitchIsOffAlready()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("marked", "marked-in"));
        await deployment.Clients.S3.PutBucketAsync("unmarked-in", Cancellation);
        await deployment.Clients.S3.PutBucketNotificationAsync(new() { BucketName = "marked-in" }, Cancellation); // as a run leaves it that ends here

        var plan = await deployment.Init(Bridged("marked", "unmarked-in"));
        var again = await deployment.Plan(Bridged("marked", "unmarked-in"));

        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Update, Resource: "notifications", Name: "marked-in" });
        var tags = await deployment.Clients.EventBridge.ListTagsForResourceAsync(
            new() { ResourceARN = "arn:aws:events:us-east-1:000000000000:rule/scarnet.marked" }, Cancellation);
        Assert.DoesNotContain(tags.Tags!, tag => tag.Key == "scarnet:eventbridge:marked-in");
        Assert.True(again.IsEmpty);
    }

    [Fact]
    public async Task LeavesASwitchThatSomebodyElseTurned()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.S3.PutBucketAsync("theirs-in", Cancellation);
        await deployment.Clients.S3.PutBucketNotificationAsync(new() { BucketName = "theirs-in", EventBridgeConfiguration = new() }, Cancellation);

        await deployment.Init(Bridged("guest", "theirs-in"));
        await deployment.Remove(false, Bridged("guest", "theirs-in"));

        Assert.True(await IsOn(deployment, "theirs-in"));
        Assert.Empty(await Rules(deployment, "scarnet.guest"));
    }

    [Fact]
    public async Task TakesTurnsWithNotifications()
    {
        using var deployment = new Deployment(engine);
        var (byS3, byRule) = (Bridged("turning", "turning-in") with { EventRoute = EventRoute.S3 }, Bridged("turning", "turning-in"));
        await deployment.Init(byS3);
        var start = await deployment.State();

        var there = await deployment.Init(byRule);
        var ruled = (await IsOn(deployment, "turning-in"), (await Entries(deployment, "turning-in")).Count, (await deployment.Plan(byRule)).IsEmpty);
        var back = await deployment.Init(byS3);

        Assert.Equal((true, 0, true), ruled);
        Assert.Equal(
            ["create permission 'turning for EventBridge'", "create event rule 'scarnet.turning'", "update notifications 'turning-in'", "delete permission 'turning for turning-in'"],
            Changes(there));
        Assert.Equal(
            ["create permission 'turning for turning-in'", "update notifications 'turning-in'", "delete event rule 'scarnet.turning'", "delete permission 'turning for EventBridge'"],
            Changes(back));
        Assert.Equal(start, await deployment.State());
    }

    [Fact]
    public async Task FollowsTheInputsToAnotherBucket()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("moving", "moving-a"));

        await deployment.Init(Bridged("moving", "moving-b"));

        Assert.False(await IsOn(deployment, "moving-a"));
        Assert.True(await IsOn(deployment, "moving-b"));
        Assert.True((await deployment.Plan(Bridged("moving", "moving-b"))).IsEmpty);
        await deployment.Remove(false, Bridged("moving", "moving-b"));
        Assert.False(await IsOn(deployment, "moving-b"));
    }

    [Fact]
    public async Task StandsBesideWhatOthersHaveOnTheBucket()
    {
        using var deployment = new Deployment(engine);
        var byS3 = Pipelines.Inline("plain") with { Triggers = [new Trigger("shared-in", "")] };
        await deployment.Init(byS3);
        var before = await engine.Aws("s3api", "get-bucket-notification-configuration", "--bucket", "shared-in");

        await deployment.Init(Bridged("beside", "shared-in"));
        var between = await engine.Aws("s3api", "get-bucket-notification-configuration", "--bucket", "shared-in");
        await deployment.Remove(false, Bridged("beside", "shared-in"));

        Assert.Contains("EventBridgeConfiguration", between, StringComparison.Ordinal);
        Assert.Contains("scarnet:plain:0", between, StringComparison.Ordinal);
        Assert.Equal(before, await engine.Aws("s3api", "get-bucket-notification-configuration", "--bucket", "shared-in"));
    }

    [Fact]
    public async Task TouchesNoRuleOfSomebodyElse()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.EventBridge.PutRuleAsync(new() { Name = "scarnet.named", EventPattern = """{"source":["shop"]}""" }, Cancellation);
        deployment.Recorder.Forget();

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Init(Bridged("named", "named-in")));
        await deployment.Init(Bridged("named", "named-in") with { EventRoute = EventRoute.S3 });
        await deployment.Remove(false, Bridged("named", "named-in"));

        Assert.StartsWith("rule 'scarnet.named' of EventBridge exists and was not made by scarnet", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await Rules(deployment, "scarnet.named"));
    }

    [Fact]
    public async Task IsUndoneWhenTheRunFails()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.S3.PutBucketAsync("undone-in", Cancellation);
        deployment.Recorder.Lose = call => call is { Service: "s3", Changes: true } && call.Uri.Query.Contains("notification", StringComparison.Ordinal);

        await Assert.ThrowsAnyAsync<Exception>(() => deployment.Init(Bridged("undone", "undone-in")));
        deployment.Recorder.Lose = _ => false;

        Assert.Empty(await Rules(deployment, "scarnet.undone"));
        Assert.DoesNotContain("function undone", await deployment.WhatIsThere());
    }

    [Fact]
    public async Task CountsForLoopsThroughDeployedFunctions()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Bridged("forward", "circle-a") with { Triggers = [new Trigger("circle-a", "in/")], Outputs = [new OutputRule("circle-b", "")] });

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(
            Pipelines.Inline("backward") with { Triggers = [new Trigger("circle-b", "")], Outputs = [new OutputRule("circle-a", "in/more/")] }));
        var elsewhere = await deployment.Plan(
            Pipelines.Inline("backward") with { Triggers = [new Trigger("circle-b", "")], Outputs = [new OutputRule("circle-a", "out/")] });

        Assert.StartsWith("functions feed each other in a circle: 'backward' → 'forward' → 'backward'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Warnings);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static bool Is(RecordedCall call, string action) =>
        call.Service == "events" && call.Headers["x-amz-target"].EndsWith($".{action}", StringComparison.Ordinal);

    private static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };

    private static FunctionDefinition Bridged(string name, string bucket) => Pipelines.Inline(name) with
    {
        EventRoute = EventRoute.EventBridge,
        Triggers = [new Trigger(bucket, "data=1/", [".txt", ".csv"])],
    };

    private static IEnumerable<string> Changes(DeployPlan plan) =>
        plan.Steps.Where(step => step.Kind != StepKind.Keep && step.Resource is "permission" or "event rule" or "notifications").Select(step => step.ToString());

    private static async Task<bool> IsOn(Deployment deployment, string bucket) =>
        (await deployment.Clients.S3.GetBucketNotificationAsync(bucket, Cancellation)).EventBridgeConfiguration is not null;

    private static async Task<IReadOnlyList<LambdaFunctionConfiguration>> Entries(Deployment deployment, string bucket) =>
        (await deployment.Clients.S3.GetBucketNotificationAsync(bucket, Cancellation)).LambdaFunctionConfigurations ?? [];

    private static async Task<IReadOnlyList<string>> Rules(Deployment deployment, string prefix) =>
        [.. ((await deployment.Clients.EventBridge.ListRulesAsync(new() { NamePrefix = prefix }, Cancellation)).Rules ?? []).Select(rule => rule.Name!)];
}
