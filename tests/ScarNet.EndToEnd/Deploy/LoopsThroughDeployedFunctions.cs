using System.Net;
using System.Text;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Two files, neither of which has a loop: together they have one.</summary>
public sealed class LoopsThroughDeployedFunctions(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task AreRefusedBeforeAnythingIsMade()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(From("there", "ring-a", "ring-b"), From("middle", "ring-b", "ring-c"));
        deployment.Recorder.Forget();

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Init(From("back", "ring-c", "ring-a")));

        Assert.Equal(
            "functions feed each other in a circle: 'back' → 'there' → 'middle' → 'back'; deployed already: 'there' of pipeline 'test' (writes to 's3://ring-b/'), "
            + "'middle' of pipeline 'test' (writes to 's3://ring-c/')",
            refusal.Message);
        Assert.Equal(
            "write the results to a prefix or bucket that starts none of these functions, or take the deployed one away first: 'scarnet rm -n there'", refusal.Hint);
        Assert.Empty(deployment.Recorder.Changes);
        deployment.AssertCallsAreWhatAwsTakes();
    }

    [Fact]
    public async Task AreNoneOnceTheDeployedFunctionWritesElsewhere()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(From("forth", "turn-a", "turn-b"));
        await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(From("home", "turn-b", "turn-a")));

        await deployment.Init(From("forth", "turn-a", "turn-c"));

        Assert.False((await deployment.Plan(From("home", "turn-b", "turn-a"))).IsEmpty);
    }

    [Fact]
    public async Task AreLookedForInTheFileThatReplacesWhatIsDeployed()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(From("one", "swap-a", "swap-b"));

        var plan = await deployment.Plan(From("one", "swap-b", "swap-a"));

        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public async Task AreOnlyWarnedOfWhereTheFunctionIsSomebodyElses()
    {
        using var deployment = new Deployment(engine);
        var cancellation = TestContext.Current.CancellationToken;
        await deployment.Init(From("stranger", "guest-bucket", "elsewhere-bucket", "out/"));
        await deployment.Clients.Lambda.UntagResourceAsync(
            new() { Resource = "arn:aws:lambda:us-east-1:000000000000:function:stranger", TagKeys = ["scarnet:function"] }, cancellation);
        var ours = From("resident", "guest-bucket", "guest-bucket", "in/") with { Outputs = [new OutputRule("guest-bucket", "out/")] };

        var plan = await deployment.Plan(ours);

        Assert.Equal(
            "what function 'resident' writes to bucket 'guest-bucket' starts 'arn:aws:lambda:us-east-1:000000000000:function:stranger:live', of which scarnet does not "
            + "know where it writes: if it writes where these functions read, they start each other for ever",
            Assert.Single(plan.Warnings));
    }

    [Fact]
    public async Task AreNotLookedForWhereNobodyMayLook()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(From("first", "blind-a", "blind-b"));
        deployment.Recorder.Answer = call => call.Uri.Query.Contains("notification", StringComparison.Ordinal) && call.Uri.AbsolutePath.Contains("blind-a", StringComparison.Ordinal)
            ? new(HttpStatusCode.Forbidden) { Content = new StringContent("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", Encoding.UTF8, "application/xml") }
            : null;

        var plan = await deployment.Plan(From("second", "blind-b", "blind-a"));

        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Create, Name: "second" });
    }

    private static FunctionDefinition From(string name, string input, string output, string prefix = "") => Pipelines.Inline(name) with
    {
        Triggers = [new Trigger(input, prefix)],
        Outputs = [new OutputRule(output, "")],
    };
}
