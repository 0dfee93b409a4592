using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>An HTTP proxy before the engine that takes the head of some requests and then neither reads on nor answers.</summary>
/// <remarks>One request a connection: both sides are told to close it.</remarks>
internal sealed class StallingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> stalled = [];
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<string, bool> stalls;

    /// <param name="stalls">Whether a request does, by its first line.</param>
    public StallingProxy(Func<string, bool> stalls)
    {
        this.stalls = stalls;
        listener.Start();
        _ = Serve();
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["http_proxy"] = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
    };

    /// <summary>Done when a request has.</summary>
    public Task Stalled => first.Task;

    public void Dispose()
    {
        listener.Dispose();
        stalled.ForEach(client => client.Dispose());
    }

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

    private async Task Forward(TcpClient client)
    {
        var stream = client.GetStream();
        var head = new List<byte>();
        var one = new byte[1];
        while (!(head.Count > 3 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                client.Dispose();
                return;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).TrimEnd().Split("\r\n");
        if (stalls(lines[0]))
        {
            stalled.Add(client);
            first.TrySetResult();
            return;
        }

        using (client)
        {
            var first = lines[0].Split(' ');
            var target = new Uri(first[1], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            lines[0] = $"{first[0]} {target.PathAndQuery} {first[2]}";
            var kept = lines.Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase));
            using var engine = new TcpClient();
            await engine.ConnectAsync(target.Host, target.Port);
            await engine.GetStream().WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", kept.Append("Connection: close")) + "\r\n\r\n"));
            _ = stream.CopyToAsync(engine.GetStream());
            await engine.GetStream().CopyToAsync(stream);
        }
    }
}
