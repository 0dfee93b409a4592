using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Containers;

/// <summary>
/// Calls to the Docker Engine API. Paths carry no version: the daemon then takes its own, and what is used here is the same in all of
/// them. Thread-safe.
/// </summary>
internal sealed class DockerApi : IDisposable
{
    private readonly HttpClient http;

    public DockerApi(DockerAddress address)
    {
        Address = address;
#pragma warning disable CA2000 // the client disposes of its handler
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellation) => address.Connect(cancellation),
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        })
#pragma warning restore CA2000
        {
            BaseAddress = new Uri("http://docker/"),
            Timeout = Timeout.InfiniteTimeSpan, // each call brings its own
        };
    }

    public DockerAddress Address { get; }

    /// <summary>Sends a call and reads the whole answer. An answer of 4xx or 5xx is an answer.</summary>
    /// <exception cref="HttpRequestException">Docker is not there.</exception>
    /// <exception cref="ContainerException">It did not answer in time.</exception>
    public async Task<DockerAnswer> Call(
        HttpMethod method, string path, JsonNode? body, TimeSpan limit, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            using var request = Request(method, path, body);
            using var response = await http.SendAsync(request, deadline.Token);
            return new DockerAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(deadline.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ContainerException.Timeout($"{method} /{path.Split('?')[0]}", limit);
        }
    }

    /// <summary>Sends a stream and reads the whole answer.</summary>
    public async Task<DockerAnswer> Send(string path, Stream body, TimeSpan limit, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StreamContent(body) };
        request.Content.Headers.ContentType = new("application/x-tar");
        try
        {
            using var response = await http.SendAsync(request, deadline.Token);
            return new DockerAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(deadline.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ContainerException.Timeout($"POST /{path.Split('?')[0]}", limit);
        }
    }

    /// <summary>Sends a call whose answer is read piece by piece; the caller disposes of it and keeps the time.</summary>
    public async Task<HttpResponseMessage> Open(HttpMethod method, string path, string? registryAuth, CancellationToken cancellation)
    {
        using var request = Request(method, path, null);
        if (registryAuth is not null)
        {
            request.Headers.Add("X-Registry-Auth", registryAuth);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Takes over a connection: the stream reads what the container writes, and is its standard input.</summary>
    public async Task<Stream> Attach(string path, TimeSpan limit, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        using var request = Request(HttpMethod.Post, path, null);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("tcp");
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (response.StatusCode is HttpStatusCode.SwitchingProtocols or HttpStatusCode.OK)
            {
                return await response.Content.ReadAsStreamAsync(cancellation);
            }

            var text = await response.Content.ReadAsStringAsync(deadline.Token);
            response.Dispose();
            throw ContainerException.Start(new DockerAnswer(response.StatusCode, text).Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ContainerException.Timeout("attach", limit);
        }
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body) => new(method, path)
    {
        Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
    };
}

/// <summary>What Docker answered.</summary>
internal sealed record DockerAnswer(HttpStatusCode Status, string Body)
{
    public bool Ok => (int)Status is >= 200 and < 400; // 304 is "already so"

    /// <summary>Docker's own words for an error.</summary>
    public string Message
    {
        get
        {
            try
            {
                return JsonNode.Parse(Body)?["message"]?.GetValue<string>() ?? Body.Trim();
            }
            catch (JsonException)
            {
                return $"{(int)Status}: {Body.Trim()}";
            }
        }
    }

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new JsonException("Docker answered with null");
}
