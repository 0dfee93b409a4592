using System.Xml.Linq;
using ScarNet.Local.Http;
using static ScarNet.Local.Ec2.Ec2Xml;

namespace ScarNet.Local.Ec2;

/// <summary>
/// The network that each account has in a region from the start, as far as anybody looks at it: a VPC with a subnet in two zones, a route to
/// the internet, and a security group that lets everything out. Nothing runs in it.
/// </summary>
internal sealed class DefaultNetwork(EngineSettings settings)
{
    private const string Vpc = "vpc-local";
    private const string Table = "rtb-local";
    private const string Group = "sg-local";
    private const string Gateway = "igw-local";
    private const int MostAddresses = 4091;

    private static readonly string[] subnets = ["subnet-local", "subnet-local-b"];

    public XElement Vpcs(Ec2Form form) => Set("vpcSet", Kept(form, "VpcId", [Vpc], "InvalidVpcID.NotFound", "vpc ID", IsOfVpc, "is-default").Select(vpc => Item(
        Element("vpcId", vpc), Element("ownerId", settings.Account), Element("state", "available"), Element("cidrBlock", "172.31.0.0/16"), Element("isDefault", "true"))));

    public XElement Subnets(Ec2Form form) => Set("subnetSet", Kept(form, "SubnetId", subnets, "InvalidSubnetID.NotFound", "subnet ID", IsOfVpc, "subnet-id", "default-for-az").Select(subnet =>
        Item(
            Element("subnetId", subnet), Element("vpcId", Vpc), Element("ownerId", settings.Account), Element("state", "available"),
            Element("availabilityZone", settings.Region + (subnet.EndsWith('b') ? "b" : "a")), Element("cidrBlock", $"172.31.{(subnet.EndsWith('b') ? 16 : 0)}.0/20"),
            Element("availableIpAddressCount", MostAddresses), Element("defaultForAz", "true"), Element("mapPublicIpOnLaunch", "true"))));

    public XElement RouteTables(Ec2Form form) => Set("routeTableSet", Kept(form, "RouteTableId", [Table], "InvalidRouteTableID.NotFound", "routeTable ID", IsOfVpc).Select(table => Item(
        Element("routeTableId", table), Element("vpcId", Vpc), Element("ownerId", settings.Account),
        Set("associationSet", [Item(Element("routeTableAssociationId", "rtbassoc-local"), Element("routeTableId", table), Element("main", "true"))]),
        Set("routeSet",
        [
            Item(Element("destinationCidrBlock", "172.31.0.0/16"), Element("gatewayId", "local"), Element("state", "active"), Element("origin", "CreateRouteTable")),
            Item(Element("destinationCidrBlock", "0.0.0.0/0"), Element("gatewayId", Gateway), Element("state", "active"), Element("origin", "CreateRoute")),
        ]))));

    public XElement SecurityGroups(Ec2Form form) => Set("securityGroupInfo", Kept(form, "GroupId", [Group], "InvalidGroup.NotFound", "security group", IsOfVpc, "group-id").Select(group => Item(
        Element("groupId", group), Element("groupName", "default"), Element("groupDescription", "default VPC security group"),
        Element("vpcId", Vpc), Element("ownerId", settings.Account), Set("ipPermissions", []),
        Set("ipPermissionsEgress", [Item(Element("ipProtocol", "-1"), Set("ipRanges", [Item(Element("cidrIp", "0.0.0.0/0"))]))]))));

    private static bool IsOfVpc(string filter, IReadOnlyList<string> values, string id) => filter switch
    {
        "vpc-id" => values.Contains(Vpc),
        "is-default" or "default-for-az" or "association.main" => values.Contains("true"),
        "group-name" => values.Contains("default"),
        "association.subnet-id" => false, // no subnet has a table of its own
        _ => values.Contains(id),
    };

    private static IEnumerable<string> Kept(
        Ec2Form form, string member, IReadOnlyList<string> all, string code, string what, Func<string, IReadOnlyList<string>, string, bool> keeps, params IReadOnlyList<string> filters)
    {
        var ids = form.List(member);
        if (ids.FirstOrDefault(id => !all.Contains(id)) is { } unknown)
        {
            throw new ApiException(400, code, $"The {what} '{unknown}' does not exist");
        }

        string[] known = ["vpc-id", "association.main", "association.subnet-id", "group-name", .. filters];
        if (form.Filters().FirstOrDefault(filter => !known.Contains(filter.Name)) is { Name: { } strange })
        {
            throw new ApiException(400, "InvalidParameterValue", $"The filter '{strange}' is invalid");
        }

        return all.Where(id => ids.Count == 0 || ids.Contains(id)).Where(id => form.Filters().All(filter => keeps(filter.Name, filter.Values, id)));
    }
}
