using Amazon.Runtime;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Status;

/// <summary>The embedded engine's own API: what it is doing, and how to stop it. AWS has none of this.</summary>
/// <param name="credentials">The engine's own.</param>
/// <param name="config">Its endpoint.</param>
public sealed class StatusClient(AWSCredentials? credentials, StatusConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new StatusException(message, inner, type, code, request, status))
{
    /// <summary>Whether there is an engine to ask: without an endpoint the calls would go to AWS, which has no such API.</summary>
    public bool HasEndpoint => !string.IsNullOrEmpty(Config.ServiceURL);

    public Task<EngineStatus> Get(CancellationToken cancellation) => Send(new Route("GET", "/_scarnet/status"), cancellation);

    /// <summary>Answers when the status is another than the one given or nothing is left to do, at the latest after the time given.</summary>
    /// <param name="seen">The last one; null takes the one when the engine gets the request.</param>
    /// <param name="longest">Whole seconds are used, at least one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<EngineStatus> Wait(EngineStatus? seen, TimeSpan longest, CancellationToken cancellation) => Send(
        new Route("GET", "/_scarnet/wait")
            .Query("timeout", $"{(int)Math.Max(1, Math.Ceiling(longest.TotalSeconds))}")
            .Query("since", seen?.Mark),
        cancellation);

    /// <summary>Tells the engine to stop; it answers first.</summary>
    public Task Stop(CancellationToken cancellation) => Send(new Route("POST", "/_scarnet/stop"), cancellation);

    private Task<EngineStatus> Send(Route route, CancellationToken cancellation) =>
        Send(route, new Request(), null, StatusJson.Default.EngineStatus, cancellation);

    private sealed class Request : AmazonWebServiceRequest;
}
