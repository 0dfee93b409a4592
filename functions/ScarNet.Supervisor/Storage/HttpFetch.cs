using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ScarNet.Core.Jobs;
using ScarNet.Core.Transfers;

namespace ScarNet.Supervisor.Storage;

/// <summary>Fetches files from web servers, taking up a broken transfer where it broke.</summary>
internal sealed class HttpFetch
{
    private const int BufferBytes = 128 * 1024;
    private const int MaxAttempts = 5;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly Lazy<HttpClient> http = new(() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        ConnectTimeout = LongestConnect,
        AutomaticDecompression = DecompressionMethods.None, // the bytes as they are, so that sizes and ranges hold
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // silence is what ends a transfer, not its length
    });

    /// <summary>A web address for messages and records: without the user and the query, which may be secrets.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <param name="address">http or https; redirects are followed, but not from https to http.</param>
    /// <param name="file">Where to put it; nothing must be there.</param>
    /// <param name="accept">Looks at how many bytes are to come, where the server says it, before they are fetched; throws to refuse them.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Size in bytes and ETag; null when the server has no such file.</returns>
    /// <exception cref="RunFailure">It cannot be fetched, or the disk is full.</exception>
    public async Task<(long Size, string? ETag)?> Fetch(Uri address, string file, Action<long> accept, CancellationToken cancellation)
    {
        await using var target = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        EntityTagHeaderValue? tag = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = Request(address, target.Position, tag);
                using var response = await http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).WaitAsync(Silence.Longest, cancellation);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                {
                    return null;
                }

                response.EnsureSuccessStatusCode();
                if (response.StatusCode != HttpStatusCode.PartialContent)
                {
                    target.SetLength(0);
                    target.Position = 0;
                }

                tag = response.Headers.ETag;
                if (response.Content.Headers.ContentLength is { } length)
                {
                    accept(length);
                }

                await Copy(await response.Content.ReadAsStreamAsync(cancellation), target, cancellation);
                return (target.Position, tag?.Tag.Trim('"'));
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && IsOfTheNetwork(e))
            {
                if (attempt == MaxAttempts || !MayPass(e))
                {
                    throw new RunFailure(ExitCodes.DownloadFailed, $"'{Shown(address)}' cannot be read: {e.Message}", e);
                }

                await Task.Delay(FirstPause * (1 << attempt), cancellation);
            }
        }
    }

    /// <summary>What tells whether a file is the same as before, and its size; null when the server says nothing of the kind.</summary>
    public async Task<(string Identity, long? Size)?> Identify(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await http.Value.SendAsync(request, cancellation).WaitAsync(Silence.Longest, cancellation);
            var identity = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("O");
            return response.IsSuccessStatusCode && identity is not null ? (identity, response.Content.Headers.ContentLength) : null;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && IsOfTheNetwork(e))
        {
            return null; // the fetch itself says what is wrong
        }
    }

    // The rest of the very same file: a weak tag does not say that the bytes are the same.
    private static HttpRequestMessage Request(Uri address, long from, EntityTagHeaderValue? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new("scarnet", null));
        if (from > 0 && tag is { IsWeak: false })
        {
            request.Headers.Range = new(from, null);
            request.Headers.IfRange = new(tag);
        }

        return request;
    }

    private static async Task Copy(Stream content, FileStream target, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var read = await Silence.Read(content, buffer, cancellation);
            if (read == 0)
            {
                return;
            }

            try
            {
                target.Write(buffer.AsSpan(0, read));
            }
            catch (IOException e)
            {
                throw Disks.Failure("the file does not fit on the disk", target.Name, e);
            }
        }
    }

    private static bool IsOfTheNetwork(Exception e) => e is HttpRequestException or HttpIOException or SocketException or IOException or TimeoutException;

    private static bool MayPass(Exception e) => e is not HttpRequestException { StatusCode: { } status }
        || (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
