using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using ScarNet.Core;

namespace ScarNet.Aws.Http;

/// <summary>The address of a service: the one that was configured, else the region's.</summary>
internal sealed class RegionalEndpoints(ServiceIdentity service) : IEndpointProvider
{
    private const string Url = "Url";
    private const string Region = "Region";
    private const string DnsSuffix = "DnsSuffix";

    public static EndpointParameters Parameters(IClientConfig config)
    {
        var parameters = new EndpointParameters();
        if (config.ServiceURL is { Length: > 0 } url)
        {
            parameters[Url] = url;
        }
        else if (config.UseFIPSEndpoint || config.UseDualstackEndpoint)
        {
            throw new ScarException(
                $"FIPS and dual-stack endpoints of '{config.RegionEndpointServiceName}' are not known to ScarNet",
                $"name the endpoint: AWS_ENDPOINT_URL_{config.ServiceId.ToUpperInvariant().Replace(' ', '_')}=https://…");
        }
        else if (config.RegionEndpoint is { } region)
        {
            parameters[Region] = region.SystemName;
            parameters[DnsSuffix] = region.PartitionDnsSuffix ?? "amazonaws.com";
        }

        return parameters;
    }

    public Endpoint ResolveEndpoint(EndpointParameters parameters) =>
        parameters[Url] is string url ? new Endpoint(url)
        : parameters[Region] is string region ? new Endpoint($"https://{service.HostPrefix}{service.SigningName}.{Place(region)}{parameters[DnsSuffix]}")
        : throw NoRegion.Exception();

    // Source: docs.aws.amazon.com/general/latest/gr/iam-service.html
    private string Place(string region) =>
        !service.IsGlobal ? region + "."
        : region.StartsWith("cn-", StringComparison.Ordinal) ? "cn-north-1."
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "us-gov."
        : "";
}
