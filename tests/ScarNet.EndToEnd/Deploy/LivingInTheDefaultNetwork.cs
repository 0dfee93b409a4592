using System.Net;
using System.Text;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Compute environments whose file says nothing of where they live.</summary>
public sealed class LivingInTheDefaultNetwork(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("EC2")]
    [InlineData("FARGATE")]
    public async Task IsWhatTheyDo(string type)
    {
        using var deployment = new Deployment(engine);
        var function = Own($"default-{type.ToLowerInvariant()}", type);

        await deployment.Init(function);
        var made = await Resources(deployment, function.Name);
        var again = await deployment.Plan(function);

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal(["subnet-local", "subnet-local-b"], made.Subnets!);
        Assert.Equal(["sg-local"], made.SecurityGroupIds!);
        Assert.True(again.IsEmpty);
        await deployment.Remove(false, function);
    }

    [Fact]
    public async Task IsNothingForThoseThatAreElsewhere()
    {
        using var deployment = new Deployment(engine);
        var named = Own("elsewhere", "EC2", new ComputeResources { Subnets = ["subnet-2"], SecurityGroupIds = ["sg-2"] });
        await deployment.Init(named);
        deployment.Recorder.Forget();

        var silent = await deployment.Plan(Own("elsewhere", "EC2"));

        Assert.DoesNotContain(silent.Steps, step => step is { Resource: "compute environment", Kind: not ScarNet.Cli.Deploy.StepKind.Keep });
        Assert.DoesNotContain(deployment.Recorder.Calls, call => call.Action == "DescribeSubnets");
        await deployment.Remove(false, named);
    }

    [Fact]
    public async Task IsNotWhereThereIsNone()
    {
        using var deployment = new Deployment(engine);
        deployment.Recorder.Answer = call => call.Action != "DescribeSubnets" ? null : new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("<DescribeSubnetsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><subnetSet/></DescribeSubnetsResponse>", Encoding.UTF8, "text/xml"),
        };

        var refused = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Own("nowhere", "EC2")));

        Assert.Equal("compute environment 'scarnet-nowhere' needs subnets: the file names none, and region us-east-1 has no default VPC", refused.Message);
        Assert.Equal("set 'subnets' and 'security_group_ids' of its compute resources", refused.Hint);
    }

    [Fact]
    public async Task IsToldToThoseWhoMayNotLook()
    {
        using var deployment = new Deployment(engine);
        deployment.Recorder.Answer = call => call.Action == "DescribeSubnets" ? ServiceErrors.Of(call, HttpStatusCode.Forbidden, "UnauthorizedOperation", "You are not authorized to perform this operation.") : null;

        var refused = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Own("blind", "EC2")));

        Assert.Contains("the default VPC cannot be looked up: You are not authorized", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ask for ec2:DescribeSubnets", refused.Hint, StringComparison.Ordinal);
    }

    // Machines of its own: the bound is another.
    private static FunctionDefinition Own(string name, string type, ComputeResources? compute = null) =>
        Pipelines.Batch(name) with { Image = type == "EC2" ? null : "busybox", Batch = new() { RunnerImage = "busybox", Compute = (compute ?? new ComputeResources()) with { Type = type, MaxVcpus = 7 } } };

    private static async Task<ComputeResource> Resources(Deployment deployment, string function) =>
        (await deployment.Clients.Batch.DescribeComputeEnvironmentsAsync(new() { ComputeEnvironments = [$"scarnet-{function}"] }, Cancellation)).ComputeEnvironments!.Single().ComputeResources!;
}
