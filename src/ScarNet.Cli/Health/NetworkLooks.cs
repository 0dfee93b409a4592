using ScarNet.Aws.Ec2.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;

namespace ScarNet.Cli.Health;

/// <summary>Looks at the subnets and security groups that functions and compute environments of ScarNet are in. Changes nothing.</summary>
/// <param name="target">The account and region.</param>
/// <param name="deployed">Functions of ScarNet there.</param>
internal sealed class NetworkLooks(Target target, Task<IReadOnlyList<DeployedFunction>> deployed)
{
    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var functions = await deployed.WaitAsync(cancellation);
        var uses = OfFunctions(functions).Concat(await OfEnvironments(functions, cancellation)).Where(use => use.Subnets.Count > 0).ToList();
        return [.. NetworkVerdicts.Of(uses, await Read(uses, cancellation)).Select(finding => finding with { Mend = finding.Mend?.Replace("REGION", target.Region, StringComparison.Ordinal) })];
    }

    private static IEnumerable<NetworkUse> OfFunctions(IReadOnlyList<DeployedFunction> functions) => functions.Select(function =>
        new NetworkUse($"function '{function.Name}'", function.Subnets, function.SecurityGroups, PublicAddress.None, NeededServices.OfFunction(function)));

    private async Task<IEnumerable<NetworkUse>> OfEnvironments(IReadOnlyList<DeployedFunction> functions, CancellationToken cancellation)
    {
        var environments = await new ComputeEnvironments(target).All(cancellation);
        var queues = (await new JobQueues(target).All(cancellation)).ToDictionary(queue => queue.JobQueueName!, JobQueues.EnvironmentsOf);
        var users = functions.SelectMany(function => queues.GetValueOrDefault(function.JobQueue?.Split('/')[^1] ?? "", []), (function, name) => (name, function))
            .ToLookup(pair => pair.name, pair => pair.function);
        return from environment in environments
               where environment.Tags?.Keys.Any(tag => tag is Tags.Pipeline or Tags.Function or Tags.Foundation) == true
               let fargate = environment.ComputeResources?.Type?.StartsWith("FARGATE", StringComparison.Ordinal) == true
               select new NetworkUse(
                   $"compute environment '{environment.ComputeEnvironmentName}'",
                   environment.ComputeResources?.Subnets ?? [],
                   environment.ComputeResources?.SecurityGroupIds ?? [],
                   fargate ? PublicAddress.OfTask : PublicAddress.OfSubnet,
                   NeededServices.OfEnvironment(fargate, users[environment.ComputeEnvironmentName!]));
    }

    private async Task<Network> Read(IReadOnlyList<NetworkUse> uses, CancellationToken cancellation)
    {
        var ec2 = target.Clients.Ec2;
        // By filter and not by id: of one that is not there the others are still told.
        var subnets = new List<Subnet>();
        foreach (var some in uses.SelectMany(use => use.Subnets).Distinct().Chunk(MostValues))
        {
            subnets.AddRange((await ec2.DescribeSubnetsAsync(new() { Filters = [new() { Name = "subnet-id", Values = [.. some] }] }, cancellation)).Subnets ?? []);
        }

        var groups = new List<SecurityGroup>();
        foreach (var some in uses.SelectMany(use => use.SecurityGroups).Distinct().Chunk(MostValues))
        {
            groups.AddRange((await ec2.DescribeSecurityGroupsAsync(new() { Filters = [new() { Name = "group-id", Values = [.. some] }] }, cancellation)).SecurityGroups ?? []);
        }

        var vpcs = subnets.Select(subnet => subnet.VpcId!).Distinct().ToList();
        var tables = new List<RouteTable>();
        var endpoints = new List<VpcEndpoint>();
        if (vpcs.Count > 0)
        {
            List<Filter> ofThese = [new() { Name = "vpc-id", Values = vpcs }];
            tables.AddRange((await ec2.DescribeRouteTablesAsync(new() { Filters = ofThese }, cancellation)).RouteTables ?? []);
            endpoints.AddRange((await ec2.DescribeVpcEndpointsAsync(new() { Filters = ofThese }, cancellation)).VpcEndpoints ?? []);
        }

        return new(
            subnets.DistinctBy(subnet => subnet.SubnetId).ToDictionary(subnet => subnet.SubnetId!),
            tables,
            groups.DistinctBy(group => group.GroupId).ToDictionary(group => group.GroupId!),
            endpoints);
    }

    /// <summary>Source: docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html: 200 values in a request.</summary>
    private const int MostValues = 200;
}
