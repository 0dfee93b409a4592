using ScarNet.Core.Iam;

namespace ScarNet.Local.Access;

/// <summary>
/// What Lambda does as the role of a function that has a network or a file system. The engine connects and mounts nothing, and yet asks:
/// a role that would not do there does not do here.
/// </summary>
internal static class NetworkActions
{
    private const string Efs = "elasticfilesystem";

    /// <summary>Asked for when the function is made or changed. Source: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html</summary>
    public static IEnumerable<AccessRequest> Connect(AwsPlace place) =>
    [
        .. ((string[])["CreateNetworkInterface", "DeleteNetworkInterface", "AssignPrivateIpAddresses", "UnassignPrivateIpAddresses"])
            .Select(action => new AccessRequest($"ec2:{action}", $"arn:{place.Partition}:ec2:{place.Region}:{place.Account}:network-interface/*")),
        new("ec2:DescribeNetworkInterfaces", "*"),
        new("ec2:DescribeSubnets", "*"),
    ];

    /// <summary>
    /// Asked for when the function is started. Source: docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html. Whose file
    /// system an access point is nobody here knows: it stands in for it.
    /// </summary>
    /// <param name="accessPoint">ARN of the access point.</param>
    public static IEnumerable<AccessRequest> Mount(string accessPoint) =>
        ((string[])["ClientMount", "ClientWrite"]).Select(action =>
            new AccessRequest($"{Efs}:{action}", accessPoint.Replace(":access-point/fsap-", ":file-system/fs-", StringComparison.Ordinal))
            {
                Context = new Dictionary<string, IReadOnlyList<string>> { [$"{Efs}:AccessPointArn"] = [accessPoint] },
            });
}
