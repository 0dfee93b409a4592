using Amazon.Runtime;

namespace ScarNet.Aws;

/// <summary>Which account to talk to. What is null comes from the SDK's own chain: environment, profile, SSO, role.</summary>
public sealed record AwsSettings
{
    /// <summary>Profile of ~/.aws; null is <c>AWS_PROFILE</c>, else <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>Null is <c>AWS_REGION</c>, <c>AWS_DEFAULT_REGION</c>, else the profile's.</summary>
    public string? Region { get; init; }

    /// <summary>One address for every service, as the embedded engine has; null is <c>AWS_ENDPOINT_URL…</c>, else the region's own.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Goes with <see cref="SecretKey"/>.</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>
    /// Whether hundreds of calls are made for one purpose: then one that is throttled is made again more often, with the SDK's growing waits.
    /// <c>AWS_MAX_ATTEMPTS</c> goes before.
    /// </summary>
    public bool MakesManyCalls { get; init; }

    /// <summary>Whether objects are read in such numbers that the SDK's pipeline counts: see <see cref="S3.DirectS3Client"/>.</summary>
    public bool ReadsManyObjects { get; init; }

    /// <summary>Makes the HTTP clients; null leaves that to the SDK.</summary>
    public HttpClientFactory? Http { get; init; }
}
