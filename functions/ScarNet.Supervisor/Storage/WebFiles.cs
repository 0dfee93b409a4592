using System.Net;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>Files over http and https: fetched by GET, sent by PUT, as presigned addresses take them. Thread-safe.</summary>
internal sealed class WebFiles : IDisposable
{
    private const int MaxAttempts = 4;
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient http;

    public WebFiles()
    {
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectLimit }) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("scarnet");
    }

    /// <summary>Fetches a file, whole; redirects are followed.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="file">Where to put it; there is none yet.</param>
    /// <param name="cancellation">Ends the transfer.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="RunFailure">There is none, it cannot be fetched, or the disk is full.</exception>
    public async Task<long> Fetch(Uri address, string file, CancellationToken cancellation)
    {
        long bytes = 0;
        await Try(address, ExitCodes.DownloadFailed, "cannot be fetched", async () =>
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
            {
                await using var content = await response.Content.ReadAsStreamAsync(cancellation);
                bytes = await Save(content, file, cancellation);
            }

            return response.StatusCode;
        }, cancellation);
        return bytes;
    }

    /// <summary>Sends a file, whole.</summary>
    /// <exception cref="RunFailure">It is not taken.</exception>
    public Task Send(string file, Uri address, CancellationToken cancellation) =>
        Try(address, ExitCodes.UploadFailed, "does not take the file", async () =>
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var body = new StreamContent(content, BufferBytes);
            body.Headers.ContentLength = content.Length;
            using var response = await http.PutAsync(address, body, cancellation);
            return response.StatusCode;
        }, cancellation);

    public void Dispose() => http.Dispose();

    /// <summary>An address without what may be a secret in it.</summary>
    internal static string Shown(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    private static async Task Try(Uri address, int exitCode, string fails, Func<Task<HttpStatusCode>> work, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            string why;
            try
            {
                var status = await work();
                if ((int)status is >= 200 and < 300)
                {
                    return;
                }

                why = $"the server says {(int)status} {status}";
                if (status is HttpStatusCode.NotFound or HttpStatusCode.Gone && exitCode == ExitCodes.DownloadFailed)
                {
                    throw new RunFailure(ExitCodes.InputMissing, $"there is nothing at '{Shown(address)}': {why}");
                }

                if (attempt == MaxAttempts || !IsPassing(status))
                {
                    throw new RunFailure(exitCode, $"'{Shown(address)}' {fails}: {why}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException)
            {
                if (attempt == MaxAttempts)
                {
                    throw new RunFailure(exitCode, $"'{Shown(address)}' {fails}: {e.Message}", e);
                }
            }

            await Task.Delay(FirstPause * (1 << attempt), cancellation);
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;

    private static async Task<long> Save(Stream content, string file, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
        {
            try
            {
                target.Write(buffer, 0, read);
            }
            catch (IOException e)
            {
                throw Disks.Failure("the file does not fit on the disk", file, e);
            }
        }

        return target.Length;
    }
}
