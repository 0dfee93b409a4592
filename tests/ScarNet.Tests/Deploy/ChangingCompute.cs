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
        return ComputeUpdate.Of(plan, plan.Resources(Target), There(wanted, current));
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
