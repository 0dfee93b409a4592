using System.Net.Sockets;
using System.Text;

namespace ScarNet.EndToEnd.Launch;

/// <summary>The machine's Docker, but that it says yes to every signal for a container and sends none.</summary>
internal sealed class UndyingDocker : IDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <param name="directory">Of the socket.</param>
    public UndyingDocker(string directory)
    {
        Path = System.IO.Path.Join(directory, "docker.sock");
        listener.Bind(new UnixDomainSocketEndPoint(Path));
        listener.Listen();
        _ = Serve();
    }

    /// <summary>Where the real one listens.</summary>
    public static string Real => Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host["unix://".Length..] : "/var/run/docker.sock";

    public string Path { get; }

    public void Dispose() => listener.Dispose();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                _ = Forward(await listener.AcceptAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    private static async Task Forward(Socket connection)
    {
        using var real = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await real.ConnectAsync(new UnixDomainSocketEndPoint(Real));
        await using var client = new NetworkStream(connection, ownsSocket: true);
        await using var docker = new NetworkStream(real);
        try
        {
            await Task.WhenAny(docker.CopyToAsync(client), Requests(client, docker));
        }
        catch (IOException)
        {
            // one of them has gone
        }
    }

    private static async Task Requests(NetworkStream client, NetworkStream docker)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await client.ReadAsync(buffer)) > 0;)
        {
            var line = Encoding.Latin1.GetString(buffer, 0, read).Split("\r\n")[0];
            if (line.StartsWith("POST ", StringComparison.Ordinal) && line.Contains("/kill?", StringComparison.Ordinal))
            {
                await client.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray());
            }
            else
            {
                await docker.WriteAsync(buffer.AsMemory(0, read));
            }
        }
    }
}
