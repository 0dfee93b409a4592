using System.Net;
using Amazon.Runtime;

namespace ScarNet.Tests.Deploy;

/// <summary>Answers requests of a client one after the other, in place of the network.</summary>
internal sealed class AnsweringService : HttpClientFactory
{
    /// <summary>JSON of each answer; null is a <c>ClientException</c>.</summary>
    public IReadOnlyList<string?> Answers { get; set; } = [];

    /// <summary>Last parts of the paths that were asked, in lower case.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Bodies of the requests.</summary>
    public List<string> Bodies { get; } = [];

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    private sealed class Handler(AnsweringService service) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            lock (service.Calls)
            {
                Assert.True(service.Calls.Count < service.Answers.Count, $"nothing was to be asked any more: {request.RequestUri}");
                var answer = service.Answers[service.Calls.Count];
                service.Calls.Add(request.RequestUri!.Segments[^1].ToLowerInvariant());
                service.Bodies.Add(body);
                var response = new HttpResponseMessage(answer is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK)
                {
                    Content = new StringContent(answer ?? """{"message":"no"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
                };
                if (answer is null)
                {
                    response.Headers.Add("x-amzn-ErrorType", "ClientException");
                }

                return response;
            }
        }
    }
}
