using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Deploy;

public sealed class SharingCompute : IDisposable
{
    private readonly AwsClients clients = new(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1" });

    [Fact]
    public void IsWhatFunctionsDoThatAskForNothing()
    {
        var plans = ComputePlan.Of([Batch("a", new()), Batch("b", new() { Vcpus = 4.5m })], out var queues);

        Assert.Equal(("scarnet", 5), (Assert.Single(plans).Name, plans[0].MaxVcpus));
        Assert.Equal(("scarnet", "scarnet"), (queues["a"], queues["b"]));
    }

    [Fact]
    public void IsNotWhatFunctionsDoThatAskForMachines()
    {
        var plans = ComputePlan.Of(
            [Batch("a", new()), Batch("b", new() { Compute = new() { Type = "SPOT", MaxVcpus = 64 } })], out var queues);

        Assert.Equal([("scarnet-b", "b", 64), ("scarnet", null, 2)], plans.Select(p => (p.Name, p.Function, p.MaxVcpus)));
        Assert.Equal("scarnet-b", queues["b"]);
    }

    [Fact]
    public void TakesTheUsersOwnQueueAsItIs()
    {
        var plans = ComputePlan.Of([Batch("a", new() { Queue = "mine" })], out var queues);

        Assert.Empty(plans);
        Assert.Equal("mine", queues["a"]);
    }

    [Fact]
    public void AsksForTypesThatAreStillSold()
    {
        var plan = Assert.Single(ComputePlan.Of([Batch("a", new() { Compute = new() { Subnets = ["subnet-1"] } })], out _));

        var resources = plan.Resources(Target("123456789012"));

        Assert.Equal(["optimal"], resources.InstanceTypes!);
        Assert.Equal(["subnet-1"], resources.Subnets!);
    }

    public void Dispose() => clients.Dispose();

    private Target Target(string account) => new(clients, account, "eu-central-1");

    private FunctionPlan Batch(string name, BatchSettings batch) => new(
        new FunctionDefinition { Name = name, Mode = ExecutionMode.Batch, Script = ScriptSource.Line("true"), Batch = batch },
        "test",
        Target("000000000000"),
        new SupervisorBinary("/none", new string('0', 64)),
        "true"u8.ToArray(),
        Attachments.None);
}
