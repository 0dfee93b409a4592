using System.Text;
using Amazon.Runtime;

namespace ScarNet.EndToEnd.Wire;

/// <summary>Stands between the SDK and the network: writes every request down, and answers, fails or lets it through.</summary>
internal sealed class Recorder : HttpClientFactory
{
    private readonly List<RecordedCall> calls = [];

    /// <summary>Answers in place of the network; null lets the request through.</summary>
    public Func<RecordedCall, HttpResponseMessage?> Answer { get; set; } = _ => null;

    /// <summary>Carries requests out that nothing on the network does; null lets the request through.</summary>
    public Func<RecordedCall, HttpResponseMessage?> StandIn { get; set; } = _ => null;

    /// <summary>Says something else than what the network answered; null leaves it as it is.</summary>
    public Func<RecordedCall, string, string?> Edit { get; set; } = (_, _) => null;

    /// <summary>Whether a request is carried out and its answer lost on the way.</summary>
    public Func<RecordedCall, bool> Lose { get; set; } = _ => false;

    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (calls)
            {
                return [.. calls];
            }
        }
    }

    public IReadOnlyList<RecordedCall> Changes => [.. Calls.Where(call => call.Changes)];

    public void Forget()
    {
        lock (calls)
        {
            calls.Clear();
        }
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private static async Task<RecordedCall> Record(HttpRequestMessage request, CancellationToken cancellation)
    {
        var authorization = request.Headers.TryGetValues("Authorization", out var values) ? values.First() : "";
        var scope = authorization.Split("Credential=").ElementAtOrDefault(1)?.Split(',')[0].Split('/');
        return new(
            scope?.ElementAtOrDefault(3) ?? "",
            request.Method.Method,
            request.RequestUri!,
            request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
                .ToDictionary(h => h.Key.ToLowerInvariant(), h => string.Join(",", h.Value)),
            request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellation));
    }

    private sealed class Handler(Recorder recorder) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = await Record(request, cancellationToken);
            lock (recorder.calls)
            {
                recorder.calls.Add(call);
            }

            if (recorder.Answer(call) is { } answer)
            {
                return answer;
            }

            answer = recorder.StandIn(call) ?? await base.SendAsync(request, cancellationToken);
            if (recorder.Lose(call))
            {
                answer.Dispose();
                throw new HttpRequestException("the connection broke before the answer came");
            }

            if (call.Service != "s3" && recorder.Edit(call, await answer.Content.ReadAsStringAsync(cancellationToken)) is { } edited)
            {
                answer.Content = new StringContent(edited, Encoding.UTF8, answer.Content.Headers.ContentType?.MediaType ?? "application/json");
            }

            return answer;
        }
    }
}
