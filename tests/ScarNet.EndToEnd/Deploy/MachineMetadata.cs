using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>A machine's metadata service in its second version, as far as its role's keys go.</summary>
internal sealed class MachineMetadata : IDisposable
{
    private const string Token = "AQAEAtoken==";
    private const string Role = "machine";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly string keys;

    /// <param name="accessKey">Of the role's session.</param>
    /// <param name="secretKey">The same.</param>
    /// <param name="sessionToken">The same.</param>
    public MachineMetadata(string accessKey, string secretKey, string sessionToken)
    {
        // As AWS writes it, blanks and all.
        keys = $$"""
            {
              "Code" : "Success",
              "Type" : "AWS-HMAC",
              "AccessKeyId" : "{{accessKey}}",
              "SecretAccessKey" : "{{secretKey}}",
              "Token" : "{{sessionToken}}"
            }
            """;
        listener.Start();
        _ = Serve();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await Answer(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // It was disposed of.
        }
    }

    // By hand: .NET's own server refuses a PUT without a length, which the machines' service takes.
    private async Task Answer(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var words = (await reader.ReadLineAsync() ?? "").Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (string? header; (header = await reader.ReadLineAsync()) is { Length: > 0 };)
        {
            headers[header.Split(':')[0]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        var (status, body) = Answer(words[0], words.ElementAtOrDefault(1) ?? "", headers);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + body));
    }

    private (int Status, string Body) Answer(string method, string path, Dictionary<string, string> headers) => path switch
    {
        "/latest/api/token" => method == "PUT" && headers.ContainsKey("X-aws-ec2-metadata-token-ttl-seconds") ? (200, Token) : (400, ""),
        _ when headers.GetValueOrDefault("X-aws-ec2-metadata-token") != Token => (401, ""),
        "/latest/meta-data/iam/security-credentials/" => (200, Role),
        $"/latest/meta-data/iam/security-credentials/{Role}" => (200, keys),
        _ => (404, ""),
    };
}
