using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ScarNet.Local.Sns;

/// <summary>Posts messages to web servers. Source of the headers: docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html</summary>
internal sealed class WebPost(TopicNames names) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new Proxies() }) { Timeout = TimeSpan.FromSeconds(15) };

    /// <returns>Whether the server said that it has it; what else it says is not read.</returns>
    public async Task<bool> Send(WebDelivery delivery, SubscriptionRecord subscription, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", Encoding.UTF8.WebName);
        request.Headers.Add("x-amz-sns-message-type", delivery.Kind);
        request.Headers.Add("x-amz-sns-message-id", delivery.MessageId);
        request.Headers.Add("x-amz-sns-topic-arn", names.Arn(subscription.Topic));
        if (subscription.Token is null)
        {
            request.Headers.Add("x-amz-sns-subscription-arn", names.Subscription(subscription));
        }

        if (subscription.IsRaw)
        {
            request.Headers.Add("x-amz-sns-rawdelivery", "true");
        }

        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Those of the environment, but none on the way to this machine.</summary>
    private sealed class Proxies : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
