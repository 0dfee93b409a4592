using ScarNet.Aws.Http;

namespace ScarNet.Aws.Iam;

/// <summary>Configuration of <see cref="AmazonIdentityManagementServiceClient"/>.</summary>
public sealed class AmazonIdentityManagementServiceConfig()
    : JsonClientConfig(new ServiceIdentity("IAM", "iam", AmazonIdentityManagementServiceClient.Version) { IsGlobal = true })
{
    /// <summary>
    /// The region that calls are signed for, one for each partition. Source: docs.aws.amazon.com/general/latest/gr/iam-service.html
    /// </summary>
    public static string SigningRegion(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "cn-north-1"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "us-gov-west-1"
        : "us-east-1";
}
