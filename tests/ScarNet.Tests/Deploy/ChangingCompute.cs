using Amazon.Runtime;
using ScarNet.Aws;
using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Deploy;

/// <summary>What <c>init</c> changes in compute environments that are there.</summary>
public sealed class ChangingCompute : IDisposable
{
    private const string Foundation = "arn:aws:iam::123456789012:instance-profile/scarnet/foundation.eu-central-1.machine";
    private const string Taken = """{"computeEnvironmentName":"scarnet"}""";

    private readonly AnsweringService service = new();
    private readonly AwsClients clients;

    public ChangingCompute() =>
        clients = new(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1", Http = service });

    [Theory]
    [InlineData("ecsInstanceRole", null, Foundation, Foundation)]
    [InlineData("arn:aws:iam::123456789012:instance-profile/ecsInstanceRole", null, Foundation, Foundation)]
    [InlineData("foundation.eu-central-1.machine", null, Foundation, null)]
    [InlineData(Foundation, null, Foundation, null)]
    [InlineData(Foundation, null, null, null)]
    [InlineData("ecsInstanceRole", null, null, null)]
    [InlineData("others", null, Foundation, null)]
    [InlineData("others", "mine", Foundation, "mine")]
    [InlineData("arn:aws:iam::123456789012:instance-profile/mine", "mine", Foundation, null)]
    [InlineData(Foundation, "ecsInstanceRole", Foundation, "ecsInstanceRole")]
    public void GivesMachinesTheRoleThatIsStated(string current, string? named, string? foundation, string? expected)
    {
        var update = Update(new() { InstanceRole = named }, new() { InstanceRole = current }, foundation: foundation);

        Assert.Equal(expected, update.Request.ComputeResources?.InstanceRole);
        Assert.Equal(expected is null ? [] : [new StepChange("instanceRole", current, expected)], update.Changes);
        Assert.Equal(expected is not null, update.ReplacesMachines);
        Assert.Equal(expected is not null, update.Request.UpdatePolicy is { TerminateJobsOnUpdate: false, JobExecutionTimeoutMinutes: 360 });
    }

    [Fact]
    public void GivesAFunctionsOwnMachinesTheFoundationsRoleBack() =>
        Assert.Equal(Foundation, Update(new(), new() { InstanceRole = "others" }, function: "count", foundation: Foundation).Request.ComputeResources?.InstanceRole);

    [Fact]
    public void KeepsTheRoleWhenTheTemplateIsNew()
    {
        var update = Update(
            new() { LaunchTemplateName = "new" }, new() { InstanceRole = Foundation, LaunchTemplate = new() { LaunchTemplateName = "old", Version = "$Latest" } });

        Assert.Equal(["launchTemplate"], update.Changes.Select(change => change.Field));
        Assert.Null(update.Request.ComputeResources!.InstanceRole);
    }

    [Fact]
    public void SaysThatMachinesAreReplacedForAnotherNetwork()
    {
        var update = Update(new() { Subnets = ["subnet-2"], SecurityGroupIds = ["sg-2"] }, new() { Subnets = ["subnet-1"], SecurityGroupIds = ["sg-1"] });

        Assert.Equal(["subnets", "securityGroupIds"], update.Changes.Select(change => change.Field));
        Assert.Equal("its machines are replaced, those with jobs when these have ended or after 6 hours: they start with another network", update.Reason);
        Assert.Equal((false, 360), (update.Request.UpdatePolicy!.TerminateJobsOnUpdate!.Value, update.Request.UpdatePolicy.JobExecutionTimeoutMinutes!.Value));
    }

    [Fact]
    public void ReplacesNothingOnFargate()
    {
        var update = Update(new() { Type = "FARGATE", Subnets = ["subnet-2"], InstanceRole = "mine" }, new() { Type = "FARGATE", Subnets = ["subnet-1"] });

        Assert.Equal("its settings have changed", update.Reason);
        Assert.Equal(["subnets"], update.Changes.Select(change => change.Field));
        Assert.Null(update.Request.UpdatePolicy);
    }

    [Fact]
    public void ChangesTheMachinesThatAreAFunctionsOwn()
    {
        var (wanted, current) = (new ComputeResources { Type = "SPOT", InstanceTypes = ["c6i"] }, new ComputeResource { Type = "EC2", InstanceTypes = ["optimal"] });

        var update = Update(wanted, current, function: "count");

        Assert.Equal([new("type", "EC2", "SPOT"), new("instanceTypes", "optimal", "c6i")], update.Changes);
        var sent = update.Request.ComputeResources!;
        Assert.Equal(("SPOT", "SPOT_CAPACITY_OPTIMIZED", "c6i"), (sent.Type, sent.AllocationStrategy, Assert.Single(sent.InstanceTypes!)));
        Assert.EndsWith("they start with another type and another choice of machines", update.Reason, StringComparison.Ordinal);
        Assert.Empty(Update(wanted, current).Changes);
    }

    [Theory]
    [InlineData("EC2", "FARGATE")]
    [InlineData("FARGATE_SPOT", "SPOT")]
    public void RefusesToMakeMachinesFargate(string current, string wanted)
    {
        var problem = Assert.Throws<ScarException>(() => Update(new() { Type = wanted }, new() { Type = current }, function: "count"));

        Assert.Equal($"compute environment 'scarnet' has type {current}, and AWS Batch cannot make it {wanted}", problem.Message);
        Assert.StartsWith("'scarnet rm' takes it away with its functions", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/batch", null, null)]
    [InlineData("arn:aws:iam::123456789012:role/batch", "batch", null)]
    [InlineData("arn:aws:iam::123456789012:role/batch", "mine", "mine")]
    [InlineData(null, "mine", null)]
    [InlineData("arn:aws:iam::123456789012:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch", null, null)]
    public void GivesAnotherServiceRoleWhereTheFileNamesOne(string? current, string? named, string? expected) =>
        Assert.Equal(expected, WithServiceRole(current, named).Request.ServiceRole);

    [Fact]
    public void RefusesToReplaceTheServiceLinkedRole()
    {
        var problem = Assert.Throws<ScarException>(
            () => WithServiceRole("arn:aws:iam::123456789012:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch", "mine"));

        Assert.Equal("compute environment 'scarnet' has AWS Batch's service-linked role, and Batch cannot give it service role 'mine'", problem.Message);
    }

    [Fact]
    public void TellsWhatMovesMachinesForAllFromWhatIsForAll()
    {
        Assert.Equal(["subnets"], Update(new() { Subnets = ["subnet-2"], MaxVcpus = 20 }, new() { Subnets = ["subnet-1"], MaxvCpus = 2 }).Moves.Select(move => move.Field));
        Assert.Equal(["instanceRole"], Update(new() { InstanceRole = "mine" }, new() { InstanceRole = "theirs" }).Moves.Select(move => move.Field));
        Assert.Empty(Update(new(), new() { InstanceRole = "ecsInstanceRole" }, foundation: Foundation).Moves);
        Assert.Equal(["launchTemplate"], Update(new() { LaunchTemplateName = "mine" }, Templated("scarnet-machines-1")).Moves.Select(move => move.Field));
        Assert.Empty(Update(new() { LaunchTemplateName = "scarnet-machines-2" }, Templated("scarnet-machines-1")).Moves);

        static ComputeResource Templated(string name) => new() { LaunchTemplate = new() { LaunchTemplateName = name, Version = "1" } };
    }

    [Fact]
    public async Task DoesNotWaitUntilAllMachinesAreReplaced()
    {
        service.Answers = [Taken, Environment("UPDATING")];

        await Apply(new() { Subnets = ["subnet-2"] }, new() { Subnets = ["subnet-1"] });

        Assert.Equal(["updatecomputeenvironment", "describecomputeenvironments"], service.Calls);
    }

    [Fact]
    public async Task WaitsForWhatReplacesNoMachines()
    {
        service.Answers = [Taken, Environment("UPDATING"), Environment("VALID")];

        await Apply(new() { MaxVcpus = 200 }, new() { MaxvCpus = 2 });

        Assert.Equal(3, service.Calls.Count);
    }

    [Fact]
    public async Task TellsWhyAnEnvironmentIsInvalid()
    {
        service.Answers = [Taken, Environment("INVALID")];

        var problem = await Assert.ThrowsAsync<ScarException>(() => Apply(new() { Subnets = ["subnet-2"] }, new() { Subnets = ["subnet-1"] }));

        Assert.Equal("compute environment 'scarnet' is invalid: because", problem.Message);
    }

    [Fact]
    public async Task TriesAgainWhileAnotherChangeIsUnderWay()
    {
        service.Answers = [null, Environment("UPDATING"), Taken, Environment("VALID")];

        await Apply(new() { MaxVcpus = 200 }, new() { MaxvCpus = 2 });

        Assert.Equal(["updatecomputeenvironment", "describecomputeenvironments", "updatecomputeenvironment", "describecomputeenvironments"], service.Calls);
    }

    [Fact]
    public async Task DoesNotTryAgainWhatBatchDoesNotTake()
    {
        service.Answers = [null, Environment("VALID")];

        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => Apply(new() { MaxVcpus = 200 }, new() { MaxvCpus = 2 }));

        Assert.Equal(2, service.Calls.Count);
    }

    public void Dispose() => clients.Dispose();

    private Target Target => new(clients, "123456789012", "eu-central-1");

    private ComputeUpdate Update(ComputeResources wanted, ComputeResource current, string? function = null, string? foundation = null)
    {
        var plan = Plan(wanted, function) with { FoundationProfile = foundation };
        return ComputeUpdate.Of(plan, plan.Resources(), There(wanted, current));
    }

    private ComputeUpdate WithServiceRole(string? current, string? named)
    {
        var plan = Plan(new(), null);
        plan = plan with { Batch = plan.Batch with { ServiceRole = named } };
        var there = There(new(), new());
        there.ServiceRole = current;
        return ComputeUpdate.Of(plan, plan.Resources(), there);
    }

    private Task Apply(ComputeResources wanted, ComputeResource current) => new ComputeEnvironments(Target)
        .Plan(Plan(wanted, null), There(wanted, current), [], [], []).Action(null!, TestContext.Current.CancellationToken);

    private static ComputePlan Plan(ComputeResources wanted, string? function) => new("scarnet", function, new BatchSettings { Compute = wanted }, wanted.MaxVcpus);

    /// <summary>As it should be but for what is given.</summary>
    private static ComputeEnvironmentDetail There(ComputeResources wanted, ComputeResource current)
    {
        current.MinvCpus ??= wanted.MinVcpus;
        current.MaxvCpus ??= wanted.MaxVcpus;
        return new()
        {
            ComputeEnvironmentName = "scarnet",
            State = "ENABLED",
            Status = "VALID",
            ComputeResources = current,
            Tags = new() { ["scarnet:pipeline"] = "shared", ["scarnet:function"] = "count" },
        };
    }

    private static string Environment(string status) =>
        $$"""{"computeEnvironments":[{"computeEnvironmentName":"scarnet","status":"{{status}}","statusReason":"because","state":"ENABLED"}]}""";
}
