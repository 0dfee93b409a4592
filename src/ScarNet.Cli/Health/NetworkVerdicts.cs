using ScarNet.Aws.Ec2.Model;

namespace ScarNet.Cli.Health;

/// <summary>Whether what runs in subnets reaches the services that it needs. Asks nothing itself.</summary>
internal static class NetworkVerdicts
{
    private const string Check = "network";
    private const string Everywhere = "0.0.0.0/0";
    private const int Https = 443;
    private const int FewAddresses = 8;

    public static IReadOnlyList<Finding> Of(IReadOnlyList<NetworkUse> uses, Network network)
    {
        List<Finding> findings =
        [
            .. uses.SelectMany(use => use.Subnets, (use, id) => (use, id)).GroupBy(pair => pair.id, pair => pair.use)
                .SelectMany(group => OfSubnet(group.Key, [.. group], network)),
            .. uses.SelectMany(use => use.SecurityGroups, (use, id) => (use, id)).GroupBy(pair => pair.id, pair => pair.use)
                .Select(group => OfGroup(group.Key, Told(group), network)).OfType<Finding>(),
        ];
        return findings.Count > 0 ? findings : [Finding.Ok(Check, uses.Count == 0 ? "no function is in a VPC" : "every subnet has a way out")];
    }

    private static IEnumerable<Finding> OfSubnet(string id, IReadOnlyList<NetworkUse> uses, Network network)
    {
        var users = Told(uses);
        if (network.Subnets.GetValueOrDefault(id) is not { } subnet)
        {
            yield return Finding.Problem(Check, $"subnet '{id}' of {users} is not there", "aws ec2 describe-subnets, then name one of these");
            yield break;
        }

        if (subnet.AvailableIpAddressCount < FewAddresses)
        {
            yield return Finding.Warning(Check, $"subnet '{id}' of {users} has {subnet.AvailableIpAddressCount} addresses left", "name a larger subnet, or one more");
        }

        if (network.TableOf(subnet) is not { } table)
        {
            yield return Finding.Warning(Check, $"subnet '{id}' of {users} has no route table", $"aws ec2 describe-route-tables --filters Name=vpc-id,Values={subnet.VpcId}");
            yield break;
        }

        var way = table.Routes.Find(route => route is { DestinationCidrBlock: Everywhere, State: not "blackhole" });
        foreach (var same in uses.GroupBy(use => (use.Address, string.Join(' ', use.Services))))
        {
            var missing = Missing(same.First().Services, subnet, table, network);
            if (missing.Count > 0 && WhyNotOut(way, same.Key.Address, subnet) is { } why)
            {
                yield return same.Key.Address == PublicAddress.OfSubnet && way is not null
                    ? Finding.Problem(Check, $"subnet '{id}' of {Told(same)} {why}", $"aws ec2 modify-subnet-attribute --subnet-id {id} --map-public-ip-on-launch")
                    : Finding.Problem(Check, $"subnet '{id}' of {Told(same)} {why} no endpoint for {string.Join(", ", missing)}", Make(missing[0], subnet, table));
            }
        }
    }

    private static string? WhyNotOut(NetworkRoute? way, PublicAddress address, Subnet subnet) => way switch
    {
        null => "has no route to the internet or a NAT gateway, and",
        // An internet gateway is a way out for what has a public address.
        { GatewayId: { } gateway } when gateway.StartsWith("igw-", StringComparison.Ordinal) => address switch
        {
            PublicAddress.None => "leads to the internet, which a Lambda function without a public address cannot use;",
            PublicAddress.OfSubnet when !subnet.MapPublicIpOnLaunch => "leads to the internet, and gives machines no public address to go there",
            _ => null,
        },
        _ => null, // NAT, a transit gateway, an instance: what is behind it nobody can say from here
    };

    private static List<string> Missing(IReadOnlyList<string> needed, Subnet subnet, RouteTable table, Network network)
    {
        var there = network.Endpoints.Where(endpoint => endpoint.VpcId == subnet.VpcId && endpoint.State is null or "available" or "Available")
            .Where(endpoint => endpoint.RouteTableIds.Count == 0 || endpoint.RouteTableIds.Contains(table.RouteTableId!))
            .Select(endpoint => endpoint.ServiceName?.Split('.', 4) is [_, _, _, var service] ? service : "").ToHashSet();
        return [.. needed.Where(service => !there.Contains(service))];
    }

    private static string Make(string service, Subnet subnet, RouteTable table) => service == "s3"
        ? $"aws ec2 create-vpc-endpoint --vpc-id {subnet.VpcId} --service-name com.amazonaws.REGION.s3 --route-table-ids {table.RouteTableId}"
        : $"aws ec2 create-nat-gateway --subnet-id PUBLIC-SUBNET --allocation-id EIP, then aws ec2 create-route --route-table-id {table.RouteTableId} --destination-cidr-block {Everywhere} --nat-gateway-id NAT";

    private static Finding? OfGroup(string id, string users, Network network) => network.Groups.GetValueOrDefault(id) switch
    {
        null => Finding.Problem(Check, $"security group '{id}' of {users} is not there", "aws ec2 describe-security-groups, then name one of these"),
        { } group when group.IpPermissionsEgress.Exists(LetsHttpsOut) => null,
        _ => Finding.Problem(
            Check,
            $"security group '{id}' of {users} lets no HTTPS out",
            $"aws ec2 authorize-security-group-egress --group-id {id} --protocol tcp --port {Https} --cidr {Everywhere}"),
    };

    private static bool LetsHttpsOut(NetworkRule permission) =>
        permission.IpProtocol == "-1" || (permission.IpProtocol is "tcp" or "6" && (permission.FromPort ?? 0) <= Https && (permission.ToPort ?? 65_535) >= Https);

    private static string Told(IEnumerable<NetworkUse> uses) => uses.Select(use => use.User).Distinct().Order(StringComparer.Ordinal).ToList() switch
    {
        { Count: > 3 } many => $"{many[0]}, {many[1]} and {many.Count - 2} more",
        var few => string.Join(", ", few),
    };
}
