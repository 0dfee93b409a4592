using System.Globalization;
using System.Xml.Linq;
using ScarNet.Aws.Ec2.Model;
using static ScarNet.Aws.Http.XmlAnswer;

namespace ScarNet.Aws.Ec2;

/// <summary>Reads what EC2 answers.</summary>
internal static class Ec2Answer
{
    public static LaunchTemplate Template(XElement template) => new()
    {
        LaunchTemplateId = Text(template, "launchTemplateId"),
        LaunchTemplateName = Text(template, "launchTemplateName"),
        CreateTime = DateTimeOffset.TryParse(Text(template, "createTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var created) ? created : null,
        Tags = Members(template, "tagSet").ToDictionary(tag => Text(tag, "key") ?? "", tag => Text(tag, "value") ?? ""),
    };

    public static Subnet Subnet(XElement subnet) => new()
    {
        SubnetId = Text(subnet, "subnetId"),
        VpcId = Text(subnet, "vpcId"),
        MapPublicIpOnLaunch = Text(subnet, "mapPublicIpOnLaunch") == "true",
        AvailableIpAddressCount = Number(subnet, "availableIpAddressCount") ?? 0,
    };

    public static RouteTable RouteTable(XElement table) => new()
    {
        RouteTableId = Text(table, "routeTableId"),
        VpcId = Text(table, "vpcId"),
        Associations = [.. Members(table, "associationSet").Select(association => new RouteTableAssociation
        {
            Main = Text(association, "main") == "true",
            SubnetId = Text(association, "subnetId"),
        })],
        Routes = [.. Members(table, "routeSet").Select(route => new NetworkRoute
        {
            DestinationCidrBlock = Text(route, "destinationCidrBlock"),
            GatewayId = Text(route, "gatewayId"),
            State = Text(route, "state"),
        })],
    };

    public static SecurityGroup SecurityGroup(XElement group) => new()
    {
        GroupId = Text(group, "groupId"),
        VpcId = Text(group, "vpcId"),
        IpPermissionsEgress = [.. Members(group, "ipPermissionsEgress").Select(permission => new NetworkRule
        {
            IpProtocol = Text(permission, "ipProtocol"),
            FromPort = Number(permission, "fromPort"),
            ToPort = Number(permission, "toPort"),
        })],
    };

    public static VpcEndpoint Endpoint(XElement endpoint) => new()
    {
        VpcId = Text(endpoint, "vpcId"),
        ServiceName = Text(endpoint, "serviceName"),
        State = Text(endpoint, "state"),
        RouteTableIds = [.. Members(endpoint, "routeTableIdSet").Select(id => id.Value)],
    };

    private static int? Number(XElement element, string name) =>
        int.TryParse(Text(element, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
