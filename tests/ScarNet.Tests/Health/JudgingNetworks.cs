using ScarNet.Aws.Ec2.Model;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Health;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Health;

/// <summary>What <c>scarnet doctor</c> thinks of the network that functions and machines are in.</summary>
public sealed class JudgingNetworks
{
    private static readonly NetworkUse machine = new("compute environment 'scarnet'", ["subnet-1"], ["sg-1"], PublicAddress.OfSubnet, NeededServices.OfEnvironment(false, []));
    private static readonly NetworkUse task = new("compute environment 'scarnet_fargate'", ["subnet-1"], ["sg-1"], PublicAddress.OfTask, NeededServices.OfEnvironment(true, []));
    private static readonly NetworkUse function = new("function 'count'", ["subnet-1"], ["sg-1"], PublicAddress.None, ["s3"]);

    [Theory]
    [InlineData("igw-1", true)]
    [InlineData("nat-1", false)]
    [InlineData("tgw-1", false)]
    public void AWayOutIsEnoughForMachines(string target, bool publicAddress) =>
        Assert.Equal([Finding.Ok("network", "every subnet has a way out")], Of([machine], Table(target), publicAddress: publicAddress));

    [Fact]
    public void MachinesWithoutAWayOutLackEverything()
    {
        var finding = Assert.Single(Of([machine], Table(null)));

        Assert.Equal(Level.Problem, finding.Level);
        Assert.Equal(
            "subnet 'subnet-1' of compute environment 'scarnet' has no route to the internet or a NAT gateway, and no endpoint for s3, ecs, ecs-agent, ecs-telemetry, ecr.api, ecr.dkr, logs",
            finding.Message);
        Assert.Equal("aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name com.amazonaws.REGION.s3 --route-table-ids rtb-1", finding.Mend);
    }

    [Fact]
    public void MachinesWithoutAPublicAddressCannotUseTheInternetGateway()
    {
        var finding = Assert.Single(Of([machine], Table("igw-1"), publicAddress: false));

        Assert.Equal("aws ec2 modify-subnet-attribute --subnet-id subnet-1 --map-public-ip-on-launch", finding.Mend);
    }

    [Fact]
    public void FunctionsNeverHaveAPublicAddress()
    {
        var finding = Assert.Single(Of([function], Table("igw-1"), publicAddress: true));

        Assert.Contains("which a Lambda function without a public address cannot use; no endpoint for s3", finding.Message, StringComparison.Ordinal);
        Assert.Equal(Level.Problem, finding.Level);
    }

    [Theory]
    [InlineData("rtb-1", "available", nameof(Level.Ok))]
    [InlineData("rtb-9", "available", nameof(Level.Problem))]
    [InlineData("rtb-1", "deleting", nameof(Level.Problem))]
    public void AnEndpointForStorageIsEnoughForFunctions(string table, string state, string level)
    {
        var endpoint = new VpcEndpoint { VpcId = "vpc-1", ServiceName = "com.amazonaws.eu-west-1.s3", State = state, RouteTableIds = [table] };

        Assert.Equal(level, $"{Assert.Single(Of([function], Table(null), endpoints: [endpoint])).Level}");
    }

    [Fact]
    public void TasksOfFargateHaveTheirOwnPublicAddress() =>
        Assert.Equal(Level.Ok, Assert.Single(Of([task], Table("igw-1"), publicAddress: false)).Level);

    [Fact]
    public void TasksOfFargateNeedNoEndpointOfAnAgent()
    {
        Assert.EndsWith("and no endpoint for s3, ecr.api, ecr.dkr, logs", Assert.Single(Of([task], Table(null))).Message, StringComparison.Ordinal);
        Assert.Equal(Level.Ok, Assert.Single(Of([task], Table(null), endpoints: [.. task.Services.Select(Endpoint)])).Level);
    }

    [Fact]
    public void FunctionsNeedMoreThanStorageForJobsAndSecrets()
    {
        var uses = new[] { function, function with { User = "function 'more'", Services = ["s3", "batch", "secretsmanager"] } };

        var finding = Assert.Single(Of(uses, Table(null), endpoints: [Endpoint("s3")]));

        Assert.Equal("subnet 'subnet-1' of function 'more' has no route to the internet or a NAT gateway, and no endpoint for batch, secretsmanager", finding.Message);
        Assert.StartsWith("aws ec2 create-nat-gateway ", finding.Mend, StringComparison.Ordinal);
        Assert.Equal(Level.Ok, Assert.Single(Of(uses, Table(null), endpoints: [.. uses[1].Services.Select(Endpoint)])).Level);
    }

    [Fact]
    public void WhatIsNeededIsReadFromTheFunction()
    {
        Assert.Equal(["s3"], NeededServices.OfFunction(Deployed(ExecutionMode.Lambda, null)));
        Assert.Equal(["s3", "secretsmanager", "ssm"], NeededServices.OfFunction(Deployed(ExecutionMode.Lambda, null, Secret, Parameter)));
        Assert.Equal(["s3", "batch"], NeededServices.OfFunction(Deployed(ExecutionMode.Batch, "scarnet", Secret)));
        Assert.Equal(["s3", "batch", "ssm"], NeededServices.OfFunction(Deployed(ExecutionMode.LambdaBatch, "scarnet", Parameter)));
        Assert.Equal(
            ["s3", "ecr.api", "ecr.dkr", "logs", "secretsmanager"], NeededServices.OfEnvironment(true, [Deployed(ExecutionMode.Batch, "scarnet", Secret, Secret), Deployed(ExecutionMode.Batch, "scarnet")]));
    }

    [Fact]
    public void AMissingRouteIsToldWithFewAddresses() =>
        Assert.Equal([Level.Warning, Level.Problem], Of([machine], Table(null), addresses: 7).Select(finding => finding.Level));

    [Fact]
    public void WhatASubnetIsIsToldOnceForAllInIt()
    {
        var findings = Of([machine, function, task], Table("nat-1"), addresses: 7);

        Assert.Equal(
            "subnet 'subnet-1' of compute environment 'scarnet', compute environment 'scarnet_fargate', function 'count' has 7 addresses left", Assert.Single(findings).Message);
    }

    [Fact]
    public void ARouteThatEndsNowhereIsNone() =>
        Assert.Equal(Level.Problem, Assert.Single(Of([machine], Table("nat-1", "blackhole"))).Level);

    [Fact]
    public void ASubnetsOwnTableCountsBeforeTheMainOne()
    {
        var own = new RouteTable { RouteTableId = "rtb-own", VpcId = "vpc-1", Associations = [new() { SubnetId = "subnet-1" }], Routes = [] };

        Assert.Contains("rtb-own", Assert.Single(Of([machine], [.. Table("nat-1"), own])).Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotThereIsTold()
    {
        var findings = Of([machine with { Subnets = ["subnet-9"], SecurityGroups = ["sg-9"] }], Table("igw-1"));

        Assert.Equal(
            ["subnet 'subnet-9' of compute environment 'scarnet' is not there", "security group 'sg-9' of compute environment 'scarnet' is not there"], findings.Select(f => f.Message));
    }

    [Theory]
    [InlineData("-1", null, null, true)]
    [InlineData("tcp", 443, 443, true)]
    [InlineData("tcp", 0, 65535, true)]
    [InlineData("tcp", 80, 80, false)]
    [InlineData("udp", 0, 65535, false)]
    public void GroupsMustLetHttpsOut(string protocol, int? from, int? to, bool good)
    {
        var group = new SecurityGroup { GroupId = "sg-1", IpPermissionsEgress = [new() { IpProtocol = protocol, FromPort = from, ToPort = to }] };

        var finding = Assert.Single(Of([machine], Table("nat-1"), group: group));

        Assert.Equal(good ? Level.Ok : Level.Problem, finding.Level);
        Assert.Equal(good ? null : "aws ec2 authorize-security-group-egress --group-id sg-1 --protocol tcp --port 443 --cidr 0.0.0.0/0", finding.Mend);
    }

    [Fact]
    public void FewAddressesAreAWarning() => Assert.Equal(Level.Warning, Assert.Single(Of([machine], Table("nat-1"), addresses: 7)).Level);

    [Fact]
    public void ManyRevisionsAreAWarning()
    {
        Assert.Empty(AccountVerdicts.Revisions(new Dictionary<string, int> { ["scarnet-a"] = 20 }));
        Assert.StartsWith("21 active revisions of job definition 'scarnet-a'", Assert.Single(AccountVerdicts.Revisions(new Dictionary<string, int> { ["scarnet-a"] = 21 })).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Of(
        IReadOnlyList<NetworkUse> uses,
        IReadOnlyList<RouteTable> tables,
        bool publicAddress = true,
        IReadOnlyList<VpcEndpoint>? endpoints = null,
        SecurityGroup? group = null,
        int addresses = 200) => NetworkVerdicts.Of(uses, new(
            new Dictionary<string, Subnet> { ["subnet-1"] = new() { SubnetId = "subnet-1", VpcId = "vpc-1", MapPublicIpOnLaunch = publicAddress, AvailableIpAddressCount = addresses } },
            tables,
            new Dictionary<string, SecurityGroup> { ["sg-1"] = group ?? new() { GroupId = "sg-1", IpPermissionsEgress = [new() { IpProtocol = "-1" }] } },
            endpoints ?? []));

    private static VpcEndpoint Endpoint(string service) => new() { VpcId = "vpc-1", ServiceName = $"com.amazonaws.eu-west-1.{service}", State = "available" };

    private const string Secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:password-AbCdEf";
    private const string Parameter = "arn:aws:ssm:eu-west-1:123456789012:parameter/password";

    private static DeployedFunction Deployed(ExecutionMode mode, string? queue, params string[] secrets) => new(
        "count", "p", "Active", null, new JobSpec { Function = "count", Pipeline = "p", Mode = mode, Account = "123456789012", ArtifactBucket = "artifacts", Script = ScriptSpec.Inside([], []), Secrets = secrets.Index().ToDictionary(s => $"S{s.Index}", s => s.Item) })
    {
        JobQueue = queue,
    };

    private static IReadOnlyList<RouteTable> Table(string? target, string state = "active") =>
    [
        new()
        {
            RouteTableId = "rtb-1",
            VpcId = "vpc-1",
            Associations = [new() { Main = true }],
            Routes = target is null ? [] : [Route(target, state)],
        },
    ];

    private static NetworkRoute Route(string target, string state) => target[..3] switch
    {
        "igw" => new() { DestinationCidrBlock = "0.0.0.0/0", GatewayId = target, State = state },
        _ => new() { DestinationCidrBlock = "0.0.0.0/0", State = state }, // a NAT gateway, a transit gateway, an instance: none of them is asked for
    };
}
