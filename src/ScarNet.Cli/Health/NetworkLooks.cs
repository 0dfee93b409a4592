using ScarNet.Aws.Ec2.Model;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Deployed;

namespace ScarNet.Cli.Health;

/// <summary>Looks at the subnets and security groups that functions and compute environments of ScarNet are in. Changes nothing.</summary>
internal sealed class NetworkLooks(Target target)
{
    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var uses = (await OfFunctions(cancellation)).Concat(await OfEnvironments(cancellation)).Where(use => use.Subnets.Count > 0).ToList();
        return [.. NetworkVerdicts.Of(uses, await Read(uses, cancellation)).Select(finding => finding with { Mend = finding.Mend?.Replace("REGION", target.Region, StringComparison.Ordinal) })];
    }

    private async Task<IEnumerable<NetworkUse>> OfFunctions(CancellationToken cancellation)
    {
        var ours = (await new DeployedFunctions(target.Clients).All(cancellation)).Select(f => f.Name).ToHashSet();
        var uses = new List<NetworkUse>();
        var request = new ListFunctionsRequest();
        do
        {
            var page = await target.Clients.Lambda.ListFunctionsAsync(request, cancellation);
            uses.AddRange(page.Functions?.Where(f => ours.Contains(f.FunctionName!) && f.VpcConfig?.SubnetIds is { Count: > 0 })
                .Select(f => new NetworkUse($"function '{f.FunctionName}'", f.VpcConfig!.SubnetIds!, f.VpcConfig.SecurityGroupIds ?? [], HasPublicAddress: false)) ?? []);
            request.Marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return uses;
    }

    private async Task<IEnumerable<NetworkUse>> OfEnvironments(CancellationToken cancellation) =>
        from environment in await new ComputeEnvironments(target).All(cancellation)
        where environment.Tags?.Keys.Any(tag => tag is Tags.Pipeline or Tags.Function or "scarnet:foundation") == true
        select new NetworkUse(
            $"compute environment '{environment.ComputeEnvironmentName}'",
            environment.ComputeResources?.Subnets ?? [],
            environment.ComputeResources?.SecurityGroupIds ?? [],
            HasPublicAddress: true);

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
