using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>
/// An HTTP proxy between a supervisor and the engine that kills the supervisor at one of its requests: before the engine hears of it, or
/// after the engine has answered and before the supervisor hears that.
/// </summary>
internal sealed class KillingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int fatal;
    private readonly bool afterwards;
    private readonly TaskCompletionSource<Action> kill = new();
    private int requests;

    /// <param name="fatal">Which request, from 1.</param>
    /// <param name="afterwards">Whether the engine still gets it.</param>
    public KillingProxy(int fatal, bool afterwards)
    {
        this.fatal = fatal;
        this.afterwards = afterwards;
        listener.Start();
        _ = Serve();
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["http_proxy"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
    };

    /// <summary>Method and path of each request, in their order.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>Says how the supervisor is killed.</summary>
    public void Kills(Action supervisor) => kill.TrySetResult(supervisor);

    public void Dispose() => listener.Dispose();

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

        var (target, bytes) = request.Value;
        var number = Interlocked.Increment(ref requests);
        if (number == fatal && !afterwards)
        {
            (await kill.Task)();
            return;
        }

        using var engine = new TcpClient();
        await engine.ConnectAsync(target.Host, target.Port);
        await engine.GetStream().WriteAsync(bytes);
        using var answer = new MemoryStream();
        await engine.GetStream().CopyToAsync(answer);
        if (number == fatal)
        {
            (await kill.Task)();
            return;
        }

        answer.Position = 0;
        await answer.CopyToAsync(client.GetStream());
    }

    private async Task<(Uri Target, byte[] Bytes)?> ReadRequest(NetworkStream stream)
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
        return (target, [.. Encoding.Latin1.GetBytes(text), .. body]);
    }
}
