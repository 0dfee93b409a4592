using Amazon.Runtime;

namespace ScarNet.Aws.Ec2.Model;

public sealed class DescribeSubnetsRequest : AmazonWebServiceRequest
{
    public List<Filter>? Filters { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeSubnetsResponse : AmazonWebServiceResponse
{
    public List<Subnet>? Subnets { get; set; }

    public string? NextToken { get; set; }
}

public sealed class Subnet
{
    public string? SubnetId { get; set; }

    public string? VpcId { get; set; }

    public bool MapPublicIpOnLaunch { get; set; }

    public int AvailableIpAddressCount { get; set; }
}

public sealed class DescribeRouteTablesRequest : AmazonWebServiceRequest
{
    public List<Filter>? Filters { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeRouteTablesResponse : AmazonWebServiceResponse
{
    public List<RouteTable>? RouteTables { get; set; }

    public string? NextToken { get; set; }
}

public sealed class RouteTable
{
    public string? RouteTableId { get; set; }

    public string? VpcId { get; set; }

    public List<RouteTableAssociation> Associations { get; set; } = [];

    public List<NetworkRoute> Routes { get; set; } = [];
}

public sealed class RouteTableAssociation
{
    /// <summary>Whether it is for all subnets of the VPC that have none of their own.</summary>
    public bool Main { get; set; }

    public string? SubnetId { get; set; }
}

/// <summary>The SDK's <c>Route</c>.</summary>
public sealed class NetworkRoute
{
    public string? DestinationCidrBlock { get; set; }

    /// <summary>Internet gateway, virtual private gateway or gateway endpoint; <c>local</c> inside the VPC; null where it goes to anything else, as a NAT gateway.</summary>
    public string? GatewayId { get; set; }

    /// <summary><c>active</c> or <c>blackhole</c>.</summary>
    public string? State { get; set; }
}

public sealed class DescribeSecurityGroupsRequest : AmazonWebServiceRequest
{
    public List<Filter>? Filters { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeSecurityGroupsResponse : AmazonWebServiceResponse
{
    public List<SecurityGroup>? SecurityGroups { get; set; }

    public string? NextToken { get; set; }
}

public sealed class SecurityGroup
{
    public string? GroupId { get; set; }

    public string? VpcId { get; set; }

    public List<NetworkRule> IpPermissionsEgress { get; set; } = [];
}

/// <summary>The SDK's <c>IpPermission</c>.</summary>
public sealed class NetworkRule
{
    /// <summary><c>tcp</c>, <c>udp</c>, a number, or <c>-1</c> for all.</summary>
    public string? IpProtocol { get; set; }

    public int? FromPort { get; set; }

    public int? ToPort { get; set; }
}

public sealed class DescribeVpcEndpointsRequest : AmazonWebServiceRequest
{
    public List<Filter>? Filters { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeVpcEndpointsResponse : AmazonWebServiceResponse
{
    public List<VpcEndpoint>? VpcEndpoints { get; set; }

    public string? NextToken { get; set; }
}

public sealed class VpcEndpoint
{
    public string? VpcId { get; set; }

    /// <summary>Such as <c>com.amazonaws.eu-west-1.s3</c>.</summary>
    public string? ServiceName { get; set; }

    public string? State { get; set; }

    public List<string> RouteTableIds { get; set; } = [];
}
