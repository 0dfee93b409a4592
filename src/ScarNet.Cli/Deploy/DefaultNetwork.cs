using System.Net;
using Amazon.Runtime;
using ScarNet.Aws.Ec2.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Where compute environments live whose file names no network: the default VPC that an account has in each region from the start, unless
/// somebody has deleted it. Source: docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
/// </summary>
internal sealed class DefaultNetwork(Target target)
{
    private const string Hint = "set 'subnets' and 'security_group_ids' of its compute resources";

    /// <summary>Its subnets, one in each zone, and its security group.</summary>
    /// <param name="environment">Name of a compute environment that needs it, for messages.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ScarException">There is none, or who asks may not look.</exception>
    public async Task<Network> Find(string environment, CancellationToken cancellation)
    {
        try
        {
            var subnets = (await target.Clients.Ec2.DescribeSubnetsAsync(new() { Filters = [Filter("default-for-az", "true")] }, cancellation)).Subnets ?? [];
            if (subnets is not [{ VpcId: { } vpc }, ..])
            {
                throw new ScarException($"compute environment '{environment}' needs subnets: the file names none, and region {target.Region} has no default VPC", Hint);
            }

            var groups = (await target.Clients.Ec2.DescribeSecurityGroupsAsync(
                new() { Filters = [Filter("vpc-id", vpc), Filter("group-name", "default")] }, cancellation)).SecurityGroups ?? [];
            return new([.. subnets.Select(subnet => subnet.SubnetId!).Order(StringComparer.Ordinal)], [.. groups.Select(group => group.GroupId!)]);
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden || e.ErrorCode == "UnauthorizedOperation")
        {
            throw new ScarException(
                $"compute environment '{environment}' needs subnets: the file names none, and the default VPC cannot be looked up: {e.Message}",
                Hint + ", or ask for ec2:DescribeSubnets and ec2:DescribeSecurityGroups");
        }
    }

    private static Filter Filter(string name, string value) => new() { Name = name, Values = [value] };
}

/// <summary>Where machines and tasks live.</summary>
internal sealed record Network(IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups);
