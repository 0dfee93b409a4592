using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>A machine's metadata service in its second version, as far as a spot machine needs it.</summary>
internal sealed class SpotMetadata : IDisposable
{
    private const string Token = "AQAEAtoken==";
    private readonly HttpListener listener = new();

    public SpotMetadata()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = Serve();
    }

    public string Address { get; }

    /// <summary>Makes a supervisor ask it.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = Address,
        ["AWS_EC2_METADATA_DISABLED"] = "",
    };

    /// <summary>What <c>spot/instance-action</c> says; null is that there is no notice.</summary>
    public string? Notice { get; set; }

    /// <summary>How often <c>spot/instance-action</c> was asked for with the token.</summary>
    public int Asked { get; private set; }

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var (status, body) = Answer(context.Request);
                context.Response.StatusCode = status;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private (int Status, string Body) Answer(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath;
        if (path == "/latest/api/token")
        {
            return request.HttpMethod == "PUT" && request.Headers["X-aws-ec2-metadata-token-ttl-seconds"] is not null ? (200, Token) : (400, "");
        }

        if (request.Headers["X-aws-ec2-metadata-token"] != Token)
        {
            return (401, "");
        }

        switch (path)
        {
            case "/latest/meta-data/instance-life-cycle":
                return (200, "spot");
            case "/latest/meta-data/spot/instance-action":
                Asked++;
                return Notice is { } notice ? (200, notice) : (404, "");
            default:
                return (404, "");
        }
    }
}
