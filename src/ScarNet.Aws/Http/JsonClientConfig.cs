using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace ScarNet.Aws.Http;

/// <summary>Configuration of a <see cref="JsonClient"/>: the SDK's own, bound to one service.</summary>
public abstract class JsonClientConfig : ClientConfig
{
    private readonly ServiceIdentity service;

    private protected JsonClientConfig(ServiceIdentity service)
        : base(new DefaultConfigurationProvider([Standard]))
    {
        this.service = service;
        ServiceId = service.Id;
        AuthenticationServiceName = service.SigningName;
        EndpointProvider = new RegionalEndpoints(service);
    }

    public override string ServiceVersion => service.ApiVersion;

    public override string RegionEndpointServiceName => service.SigningName;

    public override string UserAgent { get; } =
        InternalSDKUtils.BuildUserAgentString(typeof(JsonClientConfig).Assembly.GetName().Version?.ToString(3) ?? "0");

    private static StandardMode Standard { get; } = new();

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpoints.Parameters(this));

    /// <summary>The SDK's "standard" mode; its own table of modes is generated into each service's package.</summary>
    private sealed class StandardMode : IDefaultConfiguration
    {
        public DefaultConfigurationMode Name => DefaultConfigurationMode.Standard;

        public RequestRetryMode RetryMode => RequestRetryMode.Standard;

        public S3UsEast1RegionalEndpointValue S3UsEast1RegionalEndpoint => S3UsEast1RegionalEndpointValue.Regional;

        public TimeSpan? ConnectTimeout => TimeSpan.FromSeconds(3.1);

        public TimeSpan? TlsNegotiationTimeout => TimeSpan.FromSeconds(3.1);

        public TimeSpan? TimeToFirstByteTimeout => null;

        public TimeSpan? HttpRequestTimeout => null;
    }
}
