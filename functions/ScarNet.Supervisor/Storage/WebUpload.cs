using System.Net;
using ScarNet.Core.Jobs;
using ScarNet.Core.Transfers;

namespace ScarNet.Supervisor.Storage;

/// <summary>Sends files over http and https by PUT, as presigned addresses take them. Thread-safe.</summary>
internal sealed class WebUpload : IDisposable
{
    private const int MaxAttempts = 4;
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;

    public WebUpload()
    {
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectLimit }) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("scarnet");
    }

    /// <summary>Sends a file, whole.</summary>
    /// <exception cref="RunFailure">It is not taken.</exception>
    public async Task Send(string file, Uri address, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            string why;
            try
            {
                var status = await Put(file, address, cancellation);
                if ((int)status is >= 200 and < 300)
                {
                    return;
                }

                why = $"the server says {(int)status} {status}";
                if (!IsPassing(status))
                {
                    throw Refused(address, why);
                }
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException)
            {
                why = e.Message;
            }

            if (attempt == MaxAttempts)
            {
                throw Refused(address, why);
            }

            await Task.Delay(FirstPause * (1 << attempt), cancellation);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpStatusCode> Put(string file, Uri address, CancellationToken cancellation)
    {
        using var patience = new Patience(cancellation);
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        using var body = new StreamContent(patience.Watch(content), BufferBytes);
        body.Headers.ContentLength = content.Length;
        using var response = await patience.During(token => http.PutAsync(address, body, token));
        return response.StatusCode;
    }

    private static RunFailure Refused(Uri address, string why) =>
        new(ExitCodes.UploadFailed, $"'{HttpFetch.Shown(address)}' does not take the file: {why}");

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
