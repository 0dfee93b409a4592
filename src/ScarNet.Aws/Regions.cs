using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace ScarNet.Aws;

internal static class Regions
{
    /// <summary>The region by the AWS tools' order: option, environment, profile. Null when none says.</summary>
    public static string? Find(AwsSettings settings) =>
        First(settings.Region, Environment.GetEnvironmentVariable("AWS_REGION"), Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"))
        ?? OfProfile(settings.Profile)
        ?? FallbackRegionFactory.GetRegionEndpoint(false)?.SystemName;

    /// <summary>Whether one address was given for every service: then a region only names the signature's scope.</summary>
    public static bool EndpointIsGiven(AwsSettings settings) =>
        First(settings.Endpoint, Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL")) is not null;

    private static string? OfProfile(string? name) =>
        name is { Length: > 0 } && new CredentialProfileStoreChain().TryGetProfile(name, out var profile)
            ? profile.Region?.SystemName
            : null;

    private static string? First(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!string.IsNullOrEmpty(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
