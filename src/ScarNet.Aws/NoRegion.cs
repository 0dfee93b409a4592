using ScarNet.Core;

namespace ScarNet.Aws;

internal static class NoRegion
{
    public static ScarException Exception() => new(
        "no AWS region is configured",
        "give --region, set AWS_REGION, or add 'region = …' to the profile in ~/.aws/config; --local needs none");
}
