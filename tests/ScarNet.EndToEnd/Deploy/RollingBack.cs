using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Every <c>init</c> that changes a function is a version of it, and one can go back.</summary>
public sealed class RollingBack(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task GoesToTheVersionBeforeAndInitForwardAgain()
    {
        using var deployment = new Deployment(engine);
        var (before, after) = (Version("forth", 1), Version("forth", 2));
        await deployment.Init(before);
        await deployment.Init(after);

        var back = await deployment.GoBack(null, "forth");
        var rolled = await Live(deployment, "forth");
        var plan = await deployment.Plan(after);
        var forward = await deployment.Init(after);

        var step = Assert.Single(back.Steps);
        Assert.Equal(("alias", "forth:live", StepKind.Update), (step.Resource, step.Name, step.Kind));
        Assert.Equal([new("version", "2", "1")], step.Changes.Where(change => change.Field == "version"));
        Assert.Contains(step.Changes, change => change.Field == "environment CONTENT" && change.Old == "(a value)");
        Assert.Equal(("1", "1"), (rolled.Version, rolled.Environment!.Variables!["CONTENT"]));
        var ahead = Assert.Single(plan.Steps, s => s.Kind != StepKind.Keep);
        Assert.Equal([new("version", "1", "2")], ahead.Changes);
        Assert.StartsWith("stands for another version than the file's", ahead.Reason, StringComparison.Ordinal);
        Assert.Equal(["alias"], forward.Steps.Where(s => s.Kind != StepKind.Keep).Select(s => s.Resource));
        Assert.Equal(
            ["POST /2015-03-31/functions/forth/versions", "PUT /2015-03-31/functions/forth/aliases/live"],
            deployment.Recorder.Changes.Select(call => $"{call.Method} {call.Uri.AbsolutePath}"));
        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal("2", (await Live(deployment, "forth")).Version);
        Assert.True((await deployment.Plan(after)).IsEmpty);
    }

    [Fact]
    public async Task GoesOnlyWhereThereIsAVersion()
    {
        using var deployment = new Deployment(engine);
        for (var content = 1; content <= 5; content++)
        {
            await deployment.Init(Version("kept", content));
        }

        Assert.Equal("function 'kept' has no version 2", (await Assert.ThrowsAsync<ScarException>(() => deployment.GoBack("2", "kept"))).Message);
        await deployment.GoBack("3", "kept");
        Assert.Equal("3", (await Live(deployment, "kept")).Version);
        Assert.Equal("function 'kept' has no version before 3", (await Assert.ThrowsAsync<ScarException>(() => deployment.GoBack(null, "kept"))).Message);
        Assert.True((await deployment.GoBack("3", "kept")).IsEmpty);
        Assert.StartsWith("there is no function 'nobody'", (await Assert.ThrowsAsync<ScarException>(() => deployment.GoBack(null, "nobody"))).Message, StringComparison.Ordinal);

        await deployment.Init(Version("kept", 6));

        // What it was rolled back to is kept, whatever its age.
        Assert.Equal(["6", "5", "3"], (await new LiveAliases(await Target.Of(deployment.Clients, Cancellation)).Versions("kept", Cancellation)).Select(version => version.Version));
        await deployment.GoBack("5", "kept");
        Assert.Equal("5", (await Live(deployment, "kept")).Environment!.Variables!["CONTENT"]);
    }

    [Fact]
    public async Task FindsTheJobDefinitionOfEachVersion()
    {
        using var deployment = new Deployment(engine);
        for (var content = 1; content <= 5; content++)
        {
            await deployment.Init(Pipelines.Batch("jobs") with { Environment = new Dictionary<string, string> { ["CONTENT"] = $"{content}" } });
        }

        await deployment.GoBack("3", "jobs");

        Assert.Equal("scarnet-jobs:3", (await Live(deployment, "jobs")).Environment!.Variables!["SCARNET_JOB_DEFINITION"]);
        await deployment.Clients.Batch.DeregisterJobDefinitionAsync(new() { JobDefinition = "scarnet-jobs:4" }, Cancellation);
        var refused = await Assert.ThrowsAsync<ScarException>(() => deployment.GoBack("4", "jobs"));
        Assert.Equal("version 4 of function 'jobs' hands its work to job definition 'scarnet-jobs:4', which is gone", refused.Message);
    }

    [Theory]
    [InlineData(Fault.Denied)]
    [InlineData(Fault.NeverAnswered)]
    public async Task HappensByItselfWhenARunFailsAfterTheAliasMoved(Fault fault)
    {
        using var deployment = new Deployment(engine);
        var name = $"failing-{fault.ToString().ToLowerInvariant()}";
        await deployment.Init(Version(name, 1));
        var changed = Version(name, 2) with { Triggers = [new Trigger($"{name}-in", "other/")] };
        var injection = new Injection(fault, 0, call => call.Method == "PUT" && call.Uri.Query.Contains("notification", StringComparison.Ordinal));
        injection.Into(deployment.Recorder);

        Assert.NotNull(await Record.ExceptionAsync(() => deployment.Init(changed)));
        Injection.OutOf(deployment.Recorder);

        Assert.NotNull(injection.Hit);
        Assert.Equal("1", (await Live(deployment, name)).Version);
        await deployment.Init(changed);
        Assert.Equal("2", (await Live(deployment, name)).Version);
        Assert.True((await deployment.Plan(changed)).IsEmpty);
    }

    private static FunctionDefinition Version(string name, int content) =>
        Pipelines.Inline(name) with { LambdaEnvironment = new Dictionary<string, string> { ["CONTENT"] = $"{content}" } };

    private static async Task<FunctionConfiguration> Live(Deployment deployment, string function) =>
        await deployment.Clients.Lambda.GetFunctionConfigurationAsync(new() { FunctionName = function, Qualifier = "live" }, Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
