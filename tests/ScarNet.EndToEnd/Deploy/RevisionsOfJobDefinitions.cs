using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Every content is a revision; the old ones go, but not under the feet of what uses them.</summary>
public sealed class RevisionsOfJobDefinitions(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task AreThreeAtMost()
    {
        using var deployment = new Deployment(engine);
        for (var content = 1; content <= 5; content++)
        {
            await deployment.Init(Version("pruned", content));
            deployment.AssertCallsAreWhatAwsTakes();
        }

        Assert.Equal([3, 4, 5], await Active(deployment, "pruned"));
        Assert.True((await deployment.Plan(Version("pruned", 5))).IsEmpty);
    }

    [Fact]
    public async Task StayWhileAJobNeedsThem()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Version("needed", 1));
        var job = await WaitingJob.Submit(deployment, "scarnet", "scarnet-needed:1", Cancellation);
        for (var content = 2; content <= 5; content++)
        {
            await deployment.Init(Version("needed", content));
        }

        Assert.Equal([1, 3, 4, 5], await Active(deployment, "needed"));

        await deployment.Clients.Batch.TerminateJobAsync(new() { JobId = job, Reason = "the test is over" }, Cancellation);
        await deployment.Init(Version("needed", 6));

        Assert.Equal([4, 5, 6], await Active(deployment, "needed"));
    }

    [Fact]
    public async Task GoOnlyOnceNoKeptVersionOfTheFunctionNamesThem()
    {
        using var deployment = new Deployment(engine);
        for (var content = 1; content <= 3; content++)
        {
            await deployment.Init(Version("back", content));
        }

        // Its content is that of revision 1 again: that is the one that jobs use, although it is the oldest.
        await deployment.Init(Version("back", 1));
        Assert.Equal("scarnet-back:1", await Named(deployment, "back"));
        await deployment.Init(Version("back", 4));
        await deployment.Init(Version("back", 5));
        Assert.Equal([1, 3, 4, 5], await Active(deployment, "back"));
        var plan = await deployment.Plan(Version("back", 6));

        var gone = plan.Steps.Single(step => step.Name == "scarnet-back:1");
        Assert.Contains(gone.After, step => step is { Resource: "alias", Name: "back:live" });
        Assert.Contains(plan.Steps, step => step is { Kind: StepKind.Delete, Resource: "version", Name: "back:4" });
    }

    [Fact]
    public async Task StayWhereARunFailsAfterTheFunctionNamesThem()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Version("torn", 1));
        var changed = Version("torn", 2) with { Triggers = [new Trigger("torn-in", "other/")] };
        var injection = new Injection(
            Fault.Denied, 0, call => call.Method == "PUT" && call.Uri.Query.Contains("notification", StringComparison.Ordinal));
        injection.Into(deployment.Recorder);

        Assert.NotNull(await Record.ExceptionAsync(() => deployment.Init(changed)));
        Injection.OutOf(deployment.Recorder);

        Assert.Equal("scarnet-torn:2", await Named(deployment, "torn"));
        Assert.Equal([1, 2], await Active(deployment, "torn"));
    }

    private static FunctionDefinition Version(string name, int content) =>
        Pipelines.Batch(name) with { Environment = new Dictionary<string, string> { ["CONTENT"] = $"{content}" } };

    private static async Task<string?> Named(Deployment deployment, string function) =>
        (await deployment.Clients.Lambda.GetFunctionAsync(new() { FunctionName = function }, Cancellation)).Configuration!.Environment!.Variables!["SCARNET_JOB_DEFINITION"];

    private static async Task<IEnumerable<int?>> Active(Deployment deployment, string function) =>
        (await deployment.Clients.Batch.DescribeJobDefinitionsAsync(new() { JobDefinitionName = $"scarnet-{function}", Status = "ACTIVE" }, Cancellation))
            .JobDefinitions!.Select(definition => definition.Revision).Order();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
