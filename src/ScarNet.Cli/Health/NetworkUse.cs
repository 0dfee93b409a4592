using ScarNet.Aws.Ec2.Model;

namespace ScarNet.Cli.Health;

/// <summary>What functions and compute environments say of the network they are in.</summary>
/// <param name="User">Such as <c>function 'count'</c>.</param>
/// <param name="Subnets">Their ids.</param>
/// <param name="SecurityGroups">Their ids.</param>
/// <param name="Address">Who gives what runs there a public address.</param>
/// <param name="Services">Services that it calls, as endpoints of a VPC are named.</param>
internal sealed record NetworkUse(
    string User, IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups, PublicAddress Address, IReadOnlyList<string> Services);

/// <summary>The network of an account, as far as anybody uses it.</summary>
/// <param name="Subnets">By id.</param>
/// <param name="Tables">Route tables of their VPCs.</param>
/// <param name="Groups">By id.</param>
/// <param name="Endpoints">Endpoints of their VPCs.</param>
internal sealed record Network(
    IReadOnlyDictionary<string, Subnet> Subnets,
    IReadOnlyList<RouteTable> Tables,
    IReadOnlyDictionary<string, SecurityGroup> Groups,
    IReadOnlyList<VpcEndpoint> Endpoints)
{
    /// <summary>The table that is the subnet's own, else its VPC's main one.</summary>
    public RouteTable? TableOf(Subnet subnet) =>
        Tables.FirstOrDefault(table => table.Associations.Exists(association => association.SubnetId == subnet.SubnetId))
        ?? Tables.FirstOrDefault(table => table.VpcId == subnet.VpcId && table.Associations.Exists(association => association.Main));
}
