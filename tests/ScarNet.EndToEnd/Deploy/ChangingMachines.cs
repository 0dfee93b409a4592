using System.Text;
using System.Text.Json.Nodes;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Compute environments and the launch templates of their machines.</summary>
public sealed class ChangingMachines : IAsyncLifetime
{
    private readonly EngineFixture engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task NamesATemplateWithTheSupervisor()
    {
        using var deployment = new Deployment(engine);

        var plan = await deployment.Init(Pipelines.Batch("plain"));

        deployment.AssertCallsAreWhatAwsTakes();
        var template = Assert.Single(plan.Steps, step => step.Resource == "launch template").Name;
        Assert.Equal($"{template}:1", await TemplateOf(deployment, "scarnet"));
        var version = JsonNode.Parse(await engine.Aws("ec2", "describe-launch-template-versions", "--launch-template-name", template))!["LaunchTemplateVersions"]![0]!["LaunchTemplateData"]!;
        var script = Encoding.ASCII.GetString(Convert.FromBase64String((string)version["UserData"]!));
        var supervisor = plan.Steps.Single(step => step.Resource == "supervisor").Name;
        Assert.Contains($"supervisors='{supervisor["s3://".Length..].Replace("/supervisor/", "/", StringComparison.Ordinal)}'", script, StringComparison.Ordinal);
        Assert.Equal(("/dev/sdb", 100, true), ((string)version["BlockDeviceMappings"]![0]!["DeviceName"]!, (int)version["BlockDeviceMappings"]![0]!["Ebs"]!["VolumeSize"]!, (bool)version["BlockDeviceMappings"]![0]!["Ebs"]!["Encrypted"]!));
        Assert.True((await deployment.Plan(Pipelines.Batch("plain"))).IsEmpty);
    }

    [Fact]
    public async Task ReplacesThemForTheSupervisorOfAnotherRelease()
    {
        using var older = new Deployment(engine, "#!/bin/sh\nexit 0 # older\n");
        var first = (await older.Init(Pipelines.Batch("old"))).Steps.Single(step => step.Resource == "launch template").Name;
        using var newer = new Deployment(engine, "#!/bin/sh\nexit 0 # newer\n");

        var plan = await newer.Init(Pipelines.Batch("new"));

        newer.AssertCallsAreWhatAwsTakes();
        var step = Assert.Single(plan.Steps, step => step is { Resource: "compute environment", Kind: StepKind.Update });
        var second = Assert.Single(plan.Steps, step => step is { Resource: "launch template", Kind: StepKind.Create }).Name;
        Assert.Equal("its machines are replaced, those with jobs when these have ended or after 6 hours: they start with another launch template", step.Reason);
        Assert.Equal(["launchTemplate", "supervisors"], step.Changes.Select(change => change.Field));
        Assert.Equal(($"{first}:1", $"{second}:1"), (step.Changes[0].Old, step.Changes[0].New));
        Assert.Equal([$"template {second}"], await Templates(newer));

        // The older release finds its supervisor among those that the machines fetch.
        using var again = new Deployment(engine, "#!/bin/sh\nexit 0 # older\n");
        Assert.True((await again.Plan(Pipelines.Batch("old"))).IsEmpty);
    }

    [Fact]
    public async Task AreOfTheFunctionsOwnWithAnotherVolume()
    {
        using var deployment = new Deployment(engine);
        var large = Pipelines.Batch("large") with { Batch = new() { ScratchGb = 500 } };
        await deployment.Init(Pipelines.Batch("plain"), large);
        Assert.Equal(2, (await Templates(deployment)).Count());
        var old = await TemplateOf(deployment, "scarnet-large");

        var plan = await deployment.Init(large with { Batch = new() { ScratchGb = 500, RootGb = 60 } });

        Assert.Contains(new StepChange("root_gb", null, "60"), plan.Steps.Single(step => step.Name == "scarnet-large" && step.Resource == "compute environment").Changes);
        Assert.Equal(old, plan.Steps.Single(step => step is { Resource: "launch template", Kind: StepKind.Delete }).Name + ":1");

        await deployment.Remove(false, large);

        Assert.Equal($"template {(await TemplateOf(deployment, "scarnet"))[..^2]}", Assert.Single(await Templates(deployment)));

        await deployment.Remove(false, Pipelines.Batch("plain"));

        Assert.Empty(await Templates(deployment));
    }

    [Fact]
    public async Task StayWhereTheyAreWhileOtherFunctionsShareThem()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Batch("plain"), Pipelines.Batch("simple"));
        static FunctionDefinition Elsewhere(FunctionDefinition function) => function with { Batch = new() { Compute = new() { Subnets = ["subnet-2"], SecurityGroupIds = ["sg-local"] } } };

        var refusal = await Assert.ThrowsAsync<ScarException>(() => deployment.Plan(Elsewhere(Pipelines.Batch("new"))));
        var all = await deployment.Plan(Elsewhere(Pipelines.Batch("plain")), Elsewhere(Pipelines.Batch("simple")));

        Assert.Equal("compute environment 'scarnet' is shared, and this file would move it (subnets: subnet-local, subnet-local-b -> subnet-2) under 'plain', 'simple'", refusal.Message);
        Assert.Equal("give the functions of this file the same network and roles, or machines of their own: another 'max_v_cpus' is enough", refusal.Hint);
        Assert.Contains(all.Steps, step => step is { Resource: "compute environment", Kind: StepKind.Update });
    }

    [Fact]
    public async Task HaveTheTagsOfTheirFunction()
    {
        using var deployment = new Deployment(engine);
        static FunctionDefinition Tagged(string team) => Pipelines.Batch("tagged") with
        {
            Batch = new() { Compute = new() { MaxVcpus = 7 } },
            Tags = new Dictionary<string, string> { ["team"] = team },
        };
        await deployment.Init(Tagged("a"));

        var plan = await deployment.Init(Tagged("b"));

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal(
            ["compute environment: its tags have changed", "job queue: its tags have changed"],
            plan.Steps.Where(step => step.Kind == StepKind.Update && step.Name == "scarnet-tagged" && step.Resource != "job definition").Select(step => $"{step.Resource}: {step.Reason}").Order());
        Assert.True((await deployment.Plan(Tagged("b"))).IsEmpty);
    }

    /// <summary>Another <c>init</c> makes the template first, and the compute environment that names it some time later.</summary>
    [Fact]
    public async Task HaveATemplateThatRmLeavesAsLongAsItIsYoung()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.Ec2.CreateLaunchTemplateAsync(
            new() { LaunchTemplateName = "scarnet-machines-0123456789abcdef", LaunchTemplateData = new() { UserData = "eA==" }, Tags = new() { ["scarnet:hash"] = "0" } }, Cancellation);

        var young = await deployment.Remove(false, Pipelines.Batch("any"));
        var stays = await Templates(deployment);
        deployment.Clock = new HourLater();
        await deployment.Remove(false, Pipelines.Batch("any"));

        Assert.Equal(["template scarnet-machines-0123456789abcdef"], stays);
        Assert.Contains("launch template 'scarnet-machines-0123456789abcdef', made less than 15 minutes ago: another 'scarnet init' may be about to name it", young.Kept);
        Assert.Empty(await Templates(deployment));
    }

    [Fact]
    public async Task AreLeftToTheUsersTemplate()
    {
        using var deployment = new Deployment(engine);
        var function = Pipelines.Batch("mine") with { Batch = new() { Compute = new() { LaunchTemplateName = "mine" } } };

        await deployment.Init(function);

        Assert.Equal("mine:$Latest", await TemplateOf(deployment, "scarnet"));
        Assert.Empty(await Templates(deployment));
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }

    [Fact]
    public async Task GivesATemplateToMachinesThatHadNone()
    {
        using var deployment = new Deployment(engine);
        await deployment.Clients.Batch.CreateComputeEnvironmentAsync(
            new()
            {
                ComputeEnvironmentName = "scarnet",
                Type = "MANAGED",
                State = "ENABLED",
                ComputeResources = new() { Type = "EC2", MinvCpus = 0, MaxvCpus = 2, Subnets = ["subnet-local"], SecurityGroupIds = [] },
                Tags = new() { ["scarnet:pipeline"] = "shared" },
            },
            Cancellation);

        var plan = await deployment.Init(Pipelines.Batch("plain"));

        var step = Assert.Single(plan.Steps, step => step.Resource == "compute environment");
        Assert.Equal((StepKind.Update, "launchTemplate", (string?)null), (step.Kind, Assert.Single(step.Changes).Field, step.Changes[0].Old));
        Assert.EndsWith(":1", await TemplateOf(deployment, "scarnet"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsTheFoundationsRoleWhereThatIsThere()
    {
        using var deployment = new Deployment(engine);
        var without = await deployment.Plan(Pipelines.Batch("plain"));
        await deployment.Clients.Iam.CreateRoleAsync(
            new()
            {
                RoleName = "foundation.us-east-1.machine",
                Path = "/scarnet/",
                AssumeRolePolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""",
            },
            Cancellation);

        var plan = await deployment.Init(Pipelines.Batch("plain"));

        Assert.Contains("which 'ecsInstanceRole' must be allowed to read", without.Steps.Single(step => step.Resource == "launch template").Reason, StringComparison.Ordinal);
        Assert.EndsWith("and the supervisor", plan.Steps.Single(step => step.Resource == "launch template").Reason, StringComparison.Ordinal);
        var found = await deployment.Clients.Batch.DescribeComputeEnvironmentsAsync(new() { ComputeEnvironments = ["scarnet"] }, Cancellation);
        Assert.Equal("arn:aws:iam::000000000000:instance-profile/scarnet/foundation.us-east-1.machine", found.ComputeEnvironments![0].ComputeResources!.InstanceRole);
    }

    [Fact]
    public async Task AreGivenTheRoleThatTheFileNames()
    {
        using var deployment = new Deployment(engine);
        await deployment.Init(Pipelines.Batch("plain"));

        var plan = await deployment.Init(Pipelines.Batch("plain") with { Batch = new() { Compute = new() { InstanceRole = "mine" } } });

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Equal(new StepChange("instanceRole", "ecsInstanceRole", "mine"), Assert.Single(plan.Steps.Single(step => step.Kind == StepKind.Update && step.Resource == "compute environment").Changes));
        Assert.DoesNotContain((await deployment.Plan(Pipelines.Batch("plain"))).Steps, step => step.Resource == "compute environment" && step.Kind != StepKind.Keep);
    }

    private static async Task<string> TemplateOf(Deployment deployment, string environment)
    {
        var found = await deployment.Clients.Batch.DescribeComputeEnvironmentsAsync(new() { ComputeEnvironments = [environment] }, Cancellation);
        var template = Assert.Single(found.ComputeEnvironments!).ComputeResources!.LaunchTemplate!;
        return $"{template.LaunchTemplateName}:{template.Version}";
    }

    private static async Task<IEnumerable<string>> Templates(Deployment deployment) =>
        (await deployment.WhatIsThere()).Where(line => line.StartsWith("template ", StringComparison.Ordinal));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
