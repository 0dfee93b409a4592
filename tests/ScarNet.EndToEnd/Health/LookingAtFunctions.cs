using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Health;
using ScarNet.EndToEnd.Deploy;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Health;

public sealed class LookingAtFunctions(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task ReadsEachOnceForAllLooks()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Inline("looked"));
        var target = await Target.Of(deployment.Clients, TestContext.Current.CancellationToken);
        deployment.Recorder.Forget();

        var functions = new DeployedFunctions(deployment.Clients).All(TestContext.Current.CancellationToken);
        var findings = await new Examination(TimeProvider.System, TimeSpan.FromMinutes(1)).Run(
            new AccountLooks(target, null, "scarnet", functions).All, TestContext.Current.CancellationToken);

        Assert.Contains(findings, finding => finding is { Check: "roles", Level: Level.Ok, Message: "those of all functions are there" });
        Assert.Equal(2, deployment.Recorder.Calls.Count(call => call.Uri.AbsolutePath.EndsWith("/functions/looked", StringComparison.Ordinal))); // itself, and what is live
        Assert.Single(deployment.Recorder.Calls, call => call.Uri.AbsolutePath.TrimEnd('/').EndsWith("/functions", StringComparison.Ordinal));
    }
}
