using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Support;

/// <summary>A web server of a few files, which can break off in the middle of one.</summary>
public sealed class WebServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, byte[]> files = new();
    private readonly ConcurrentDictionary<string, int> breakAfter = new();

    public WebServer()
    {
        listener.Start();
        _ = Serve();
    }

    /// <summary>Every request's line and Range header, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <param name="path">As it stands in the request, escaped.</param>
    /// <param name="content">The file.</param>
    /// <param name="breakAfterBytes">The first answer ends after these, though it promised all.</param>
    public void Add(string path, byte[] content, int? breakAfterBytes = null)
    {
        files[path] = content;
        if (breakAfterBytes is { } bytes)
        {
            breakAfter[path] = bytes;
        }
    }

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Answer(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was disposed of.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        var line = await reader.ReadLineAsync() ?? "";
        var range = "";
        for (string? header; (header = await reader.ReadLineAsync()) is { Length: > 0 };)
        {
            range = header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) ? header["Range: bytes=".Length..] : range;
        }

        Requests.Enqueue($"{line} {range}".TrimEnd());
        var path = line.Split(' ')[1].Split('?')[0];
        var stream = client.GetStream();
        if (!files.TryGetValue(path, out var content))
        {
            await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            return;
        }

        var from = range.Length == 0 ? 0 : int.Parse(range.TrimEnd('-'));
        var head = range.Length == 0 ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"HTTP/1.1 {head}\r\nContent-Length: {content.Length - from}\r\nETag: \"tag-of-{content.Length}\"\r\nConnection: close\r\n\r\n"));
        var end = breakAfter.TryRemove(path, out var bytes) ? bytes : content.Length;
        await stream.WriteAsync(content.AsMemory(from..end));
    }
}
