using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Deploy;

public sealed class SharingCompute
{
    [Fact]
    public void IsWhatFunctionsDoThatAskForNothing()
    {
        var compute = Of(("a", new()), ("b", new() { Vcpus = 4.5m }));

        Assert.Equal(("scarnet", 5), (Assert.Single(compute.Environments).Name, compute.Environments[0].MaxVcpus));
        Assert.Equal(("scarnet", "scarnet"), (compute.QueueOf["a"], compute.QueueOf["b"]));
    }

    [Theory]
    [InlineData("EC2", 0, "scarnet", "EC2", "scarnet")]
    [InlineData("SPOT", 0, "scarnet_spot", "SPOT", "scarnet_spot scarnet")]
    [InlineData("EC2", 1, "scarnet_gpu", "EC2", "scarnet_gpu")]
    [InlineData("SPOT", 2, "scarnet_gpu_spot", "SPOT", "scarnet_gpu_spot scarnet_gpu")]
    [InlineData("FARGATE", 0, "scarnet_fargate", "FARGATE", "scarnet_fargate")]
    [InlineData("FARGATE_SPOT", 0, "scarnet_fargate_spot", "FARGATE_SPOT", "scarnet_fargate_spot scarnet_fargate")]
    public void GoesByWhatAFunctionNeeds(string type, int gpus, string queue, string environmentType, string order)
    {
        var compute = Of(("a", new() { Gpus = gpus, Compute = new() { Type = type } }));

        var plan = Assert.Single(compute.Queues);
        Assert.Equal((queue, queue, null), (compute.QueueOf["a"], plan.Name, plan.Function));
        Assert.Equal(order.Split(' '), plan.Environments);
        Assert.Equal(order.Split(' ').Order(), compute.Environments.Select(e => e.Name).Order());
        Assert.Equal(environmentType, compute.Environments.Single(e => e.Name == queue).Batch.Compute.Type);
        Assert.All(compute.Environments, e => Assert.Equal(type.StartsWith("FARGATE", StringComparison.Ordinal), e.IsFargate));
    }

    [Fact]
    public void HasOneEnvironmentAtTheFullPriceForBothQueues()
    {
        var compute = Of(("a", new()), ("b", new() { Vcpus = 8, Compute = new() { Type = "SPOT" } }));

        Assert.Equal([("scarnet", 8), ("scarnet_spot", 8)], compute.Environments.Select(e => (e.Name, e.MaxVcpus)));
        Assert.Equal(["scarnet", "scarnet_spot"], compute.Queues.Select(q => q.Name));
    }

    [Fact]
    public void IsNotWhatFunctionsDoThatAskForMachines()
    {
        var compute = Of(("a", new()), ("b", new() { Compute = new() { Type = "SPOT", MaxVcpus = 64 } }));

        Assert.Equal([("scarnet-b", "b", 64), ("scarnet", null, 2)], compute.Environments.Select(p => (p.Name, p.Function, p.MaxVcpus)));
        Assert.Equal("scarnet-b", compute.QueueOf["b"]);
    }

    [Fact]
    public void IsNotWhatFunctionsDoThatLiveElsewhere()
    {
        var compute = Of(("a", new() { Compute = new() { Subnets = ["subnet-1"] } }), ("b", new() { Compute = new() { Type = "SPOT", Subnets = ["subnet-2"] } }));

        Assert.Equal(("scarnet", "scarnet-b"), (compute.QueueOf["a"], compute.QueueOf["b"]));
    }

    [Fact]
    public void HasNamesThatNoFunctionsOwnCanHaveAndThatBatchTakes()
    {
        Assert.DoesNotContain(SharedCompute.Everything, name => name.StartsWith(Names.Own(""), StringComparison.Ordinal));
        // Source: docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html
        Assert.All(SharedCompute.Everything, name => Assert.Matches("^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$", name));
        Assert.Distinct(SharedCompute.Everything);
    }

    [Fact]
    public void TakesTheUsersOwnQueueAsItIs()
    {
        var compute = Of(("a", new() { Queue = "mine" }));

        Assert.Empty(compute.Environments);
        Assert.Empty(compute.Queues);
        Assert.Equal("mine", compute.QueueOf["a"]);
    }

    [Theory]
    [InlineData(0, "optimal")]
    [InlineData(1, "g4dn")]
    public void AsksForTypesThatAreStillSold(int gpus, string type)
    {
        var plan = Assert.Single(Of(("a", new() { Gpus = gpus, Compute = new() { Subnets = ["subnet-1"] } })).Environments);

        var resources = plan.Resources();

        Assert.Equal([type], resources.InstanceTypes!);
        Assert.Equal(["subnet-1"], resources.Subnets!);
    }

    private static BatchCompute Of(params (string Name, BatchSettings Batch)[] functions) =>
        BatchCompute.Of(functions.Select(f => new FunctionDefinition { Name = f.Name, Mode = ExecutionMode.Batch, Batch = f.Batch }));
}
