using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace ScarNet.Aws.Http;

/// <summary>
/// A client of a service whose SDK package the feed lacks. Credentials, SSO, SigV4, retries, endpoint overrides and clock skew are
/// the SDK's work; a derived client only says what its calls look like. Safe for concurrent use.
/// </summary>
public abstract class JsonClient : AmazonServiceClient
{
    private readonly ServiceError error;

    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    /// <param name="error">Makes the service's own exception.</param>
    private protected JsonClient(AWSCredentials? credentials, JsonClientConfig config, ServiceError error)
        : base(credentials, config) =>
        this.error = error;

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<EndpointResolver>(new ConfiguredEndpointResolver());
        pipeline.AddHandlerBefore<RetryHandler>(new SigV4Resolver());
        pipeline.AddHandlerAfter<RetryHandler>(new PacingHandler(new CallPace(), TimeProvider.System));
    }

    /// <summary>What reads an error that is no JSON: it gives null for what it does not know. Null where errors are JSON.</summary>
    private protected virtual Func<Stream, ErrorResponse?>? ErrorIn => null;

    private protected Task<TResponse> Call<TRequest, TResponse>(
        TRequest request, Action<TRequest, IRequest> fill, Func<AnswerBody, TResponse> read, CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions
        {
            RequestMarshaller = new RequestWriter<TRequest>($"Amazon.{Config.ServiceId}", fill),
            ResponseUnmarshaller = new AnswerReader<TResponse>(read, error, ErrorIn),
        };
        return InvokeAsync<TResponse>(request, options, cancellation);
    }

    /// <summary>A REST-JSON call.</summary>
    /// <param name="route">Where it goes.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">Shape of its body; null sends none.</param>
    /// <param name="answer">Shape of the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private protected Task<TResponse> Send<TRequest, TResponse>(
        Route route, TRequest request, JsonTypeInfo<TRequest>? body, JsonTypeInfo<TResponse> answer, CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Call(
            request,
            (r, http) =>
            {
                route.Fill(http);
                if (body is not null)
                {
                    WriteJson(http, r, body);
                }
            },
            a => a.Json(answer),
            cancellation);

    /// <summary>A call of the JSON 1.1 protocol: everything is in the body, a header names the operation.</summary>
    /// <param name="operation">The operation, with the service's prefix.</param>
    /// <param name="request">The request.</param>
    /// <param name="body">Shape of its body.</param>
    /// <param name="answer">Shape of the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private protected Task<TResponse> SendTo<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> body, JsonTypeInfo<TResponse> answer, CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Call(
            request,
            (r, http) =>
            {
                new Route("POST", "/").Header("X-Amz-Target", operation).Fill(http);
                WriteJson(http, r, body, "application/x-amz-json-1.1");
            },
            a => a.Json(answer),
            cancellation);

    private protected static void WriteJson<T>(IRequest request, T body, JsonTypeInfo<T> shape, string contentType = "application/json")
    {
        request.Content = JsonSerializer.SerializeToUtf8Bytes(body, shape);
        request.Headers["Content-Type"] = contentType;
    }

    private sealed class ConfiguredEndpointResolver : BaseEndpointResolver
    {
        protected override Amazon.Runtime.Endpoints.EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            RegionalEndpoints.Parameters(requestContext.ClientConfig);
    }

    private sealed class SigV4Resolver : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            AuthSchemeOption.DEFAULT_SIGV4;
    }
}
