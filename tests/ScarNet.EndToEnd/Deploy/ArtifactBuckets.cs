using ScarNet.Cli.Deployed;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Functions whose artifacts lie in a bucket that their file names, and in the account's.</summary>
public sealed class ArtifactBuckets(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Accounts = "scarnet-artifacts-000000000000-us-east-1";

    [Fact]
    public async Task AreWhereSpecsAreReadOfFunctionsThatAreThere()
    {
        using var deployment = new Deployment(engine);
        var functions = new[] { In("own-artifacts", "owned"), Pipelines.Inline("common") };
        await deployment.Init(functions);
        var deployed = new DeployedFunctions(deployment.Clients);

        var all = (await deployed.All(Cancellation)).ToDictionary(f => f.Name);

        Assert.Equal("owned-in", Assert.Single(all["owned"].Spec!.Triggers).Bucket);
        Assert.Equal("common-in", Assert.Single(all["common"].Spec!.Triggers).Bucket);
        Assert.Equal("owned-out", Assert.Single((await deployed.Live(["owned"], Cancellation))["owned"].Outputs).Bucket);
        Assert.Equal("own-artifacts", await deployed.ArtifactBucket("owned", Cancellation));
        Assert.Equal(Accounts, await deployed.ArtifactBucket("common", Cancellation));
        Assert.True((await deployment.Plan(functions)).IsEmpty);
    }

    [Fact]
    public async Task OfAFunctionWithoutTheTagAreTheAccounts()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Inline("older"));
        await deployment.Clients.Lambda.UntagResourceAsync(
            new() { Resource = "arn:aws:lambda:us-east-1:000000000000:function:older", TagKeys = ["scarnet:artifacts"] }, Cancellation);

        var found = await new DeployedFunctions(deployment.Clients).Find("older", Cancellation);

        Assert.NotNull(found.Spec);
    }

    [Fact]
    public async Task ThatMayNotBeReadLeaveTheOthersListed()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(In("closed-artifacts", "closed"), Pipelines.Inline("open"));
        deployment.Recorder.Answer = call => call.Uri.AbsolutePath.StartsWith("/closed-artifacts", StringComparison.Ordinal)
            ? Wire.ServiceErrors.Of(call, System.Net.HttpStatusCode.Forbidden, "AccessDenied", "Access Denied")
            : null;

        var all = (await new DeployedFunctions(deployment.Clients).All(Cancellation)).ToDictionary(f => f.Name);

        Assert.Null(all["closed"].Spec);
        Assert.NotNull(all["open"].Spec);
    }

    [Fact]
    public async Task CountForLoopsThroughDeployedFunctions()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(In("loop-artifacts", "there") with { Triggers = [new Trigger("loop-a", "")], Outputs = [new OutputRule("loop-b", "")] });

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(
            Pipelines.Inline("back") with { Triggers = [new Trigger("loop-b", "")], Outputs = [new OutputRule("loop-a", "")] }));

        Assert.StartsWith("functions feed each other in a circle: 'back' → 'there' → 'back'", refusal.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static FunctionDefinition In(string bucket, string name) => Pipelines.Inline(name) with { DeploymentBucket = bucket };
}
