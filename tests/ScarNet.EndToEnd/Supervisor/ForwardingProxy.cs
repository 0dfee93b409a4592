using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>An HTTP proxy between a supervisor and the engine, whose heirs do something to the requests that pass.</summary>
internal abstract class ForwardingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int requests;

    protected ForwardingProxy()
    {
        listener.Start();
        _ = Serve();
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["http_proxy"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
    };

    /// <summary>Method and path of each request, in their order.</summary>
    public List<string> Seen { get; } = [];

    public void Dispose()
    {
        listener.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="number">Of the request, from 1.</param>
    /// <param name="head">Its line and headers.</param>
    /// <param name="forward">Gets the engine's whole answer.</param>
    /// <returns>What the supervisor gets, after which its connection is closed.</returns>
    protected abstract Task<ReadOnlyMemory<byte>> Answer(int number, string head, Func<Task<byte[]>> forward);

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Forward(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    // One request a connection: both sides are told to close it.
    private async Task Forward(TcpClient client)
    {
        using var fromClient = client;
        var request = await ReadRequest(client.GetStream());
        if (request is null)
        {
            return;
        }

        var (target, head, bytes) = request.Value;
        var answer = await Answer(Interlocked.Increment(ref requests), head, async () =>
        {
            using var engine = new TcpClient();
            await engine.ConnectAsync(target.Host, target.Port);
            await engine.GetStream().WriteAsync(bytes);
            using var all = new MemoryStream();
            await engine.GetStream().CopyToAsync(all);
            return all.ToArray();
        });
        await client.GetStream().WriteAsync(answer);
    }

    private async Task<(Uri Target, string Head, byte[] Bytes)?> ReadRequest(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count > 3 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).TrimEnd().Split("\r\n");
        var first = lines[0].Split(' ');
        var target = new Uri(first[1], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        lock (Seen)
        {
            Seen.Add($"{first[0]} {target.PathAndQuery}");
        }

        var length = lines.Select(line => line.Split(": ", 2)).FirstOrDefault(h => h[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) is { } header
            ? int.Parse(header[1])
            : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        lines[0] = $"{first[0]} {target.PathAndQuery} {first[2]}";
        var kept = lines.Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase));
        var text = string.Join("\r\n", kept.Append("Connection: close")) + "\r\n\r\n";
        return (target, text, [.. Encoding.Latin1.GetBytes(text), .. body]);
    }
}
