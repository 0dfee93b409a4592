using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Health;
using ScarNet.EndToEnd.Deploy;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Health;

/// <summary>What <c>scarnet doctor</c> finds in the network of what is deployed, every call held against AWS's model.</summary>
public sealed class LookingAtNetworks(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task FindsWaysOutAndWhatIsMissing()
    {
        using var deployment = new Deploy.Deployment(engine);
        var good = Pipelines.Batch("good") with { Batch = new() { Compute = new() { Subnets = ["subnet-local", "subnet-local-b"], SecurityGroupIds = ["sg-local"] } } };
        await deployment.Init(good);
        var target = await Target.Of(deployment.Clients, Cancellation);
        deployment.Recorder.Forget();

        var findings = await Look(target);

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal([Finding.Ok("network", "every subnet has a way out")], findings);

        await deployment.Clients.Batch.UpdateComputeEnvironmentAsync(
            new() { ComputeEnvironment = "scarnet", ComputeResources = new() { Subnets = ["subnet-gone"], SecurityGroupIds = ["sg-gone"] } }, Cancellation);

        Assert.Equal(
            ["subnet 'subnet-gone' of compute environment 'scarnet' is not there", "security group 'sg-gone' of compute environment 'scarnet' is not there"],
            (await Look(target)).Select(finding => finding.Message));

        await deployment.Init(Pipelines.Inline("inside") with { Vpc = new(["subnet-local"], ["sg-local"]) });

        var ofFunction = Assert.Single(await Look(target), finding => finding.Message.Contains("'inside'", StringComparison.Ordinal));
        Assert.Contains("no endpoint for s3", ofFunction.Message, StringComparison.Ordinal);
        Assert.Equal("aws ec2 create-vpc-endpoint --vpc-id vpc-local --service-name com.amazonaws.us-east-1.s3 --route-table-ids rtb-local", ofFunction.Mend);
    }

    private static Task<IReadOnlyList<Finding>> Look(Target target) =>
        new NetworkLooks(target, new DeployedFunctions(target.Clients).All(Cancellation)).Look(Cancellation);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
