using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ScarNet.Supervisor.Lambda;

/// <summary>Lambda's side of a custom runtime. Source: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Version = "2018-06-01";

    private readonly HttpClient http;
    private readonly string root;

    /// <param name="address">AWS_LAMBDA_RUNTIME_API: host, port and perhaps a path.</param>
    public RuntimeApi(string address)
    {
        root = $"http://{address}/{Version}/runtime/";
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Lambda freezes the process while it waits for its next event
        };
    }

    public async Task<LambdaRequest> Next(CancellationToken cancellation)
    {
        using var response = await http.GetAsync(new Uri($"{root}invocation/next"), cancellation);
        response.EnsureSuccessStatusCode();
        var deadline = long.Parse(Header(response.Headers, "Lambda-Runtime-Deadline-Ms") ?? "0", CultureInfo.InvariantCulture);
        return new(
            Header(response.Headers, "Lambda-Runtime-Aws-Request-Id") ?? throw new HttpRequestException("the Runtime API named no request"),
            await response.Content.ReadAsByteArrayAsync(cancellation),
            DateTimeOffset.FromUnixTimeMilliseconds(deadline),
            Header(response.Headers, "Lambda-Runtime-Trace-Id"));
    }

    public Task Answer<T>(string requestId, T answer, JsonTypeInfo<T> shape, CancellationToken cancellation) =>
        Post($"invocation/{requestId}/response", answer, shape, null, cancellation);

    public Task Fail(string requestId, ErrorAnswer error, CancellationToken cancellation) =>
        Post($"invocation/{requestId}/error", error, SupervisorJson.Default.ErrorAnswer, error.ErrorType, cancellation);

    /// <summary>Tells that no event can ever be handled.</summary>
    public Task FailToStart(ErrorAnswer error, CancellationToken cancellation) =>
        Post("init/error", error, SupervisorJson.Default.ErrorAnswer, error.ErrorType, cancellation);

    public void Dispose() => http.Dispose();

    private async Task Post<T>(string path, T body, JsonTypeInfo<T> shape, string? errorType, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, shape));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, root + path) { Content = content };
        if (errorType is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
