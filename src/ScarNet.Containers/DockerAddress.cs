using System.Net.Sockets;
using ScarNet.Core;

namespace ScarNet.Containers;

/// <summary>Where Docker, or Podman's Docker-compatible API, listens.</summary>
/// <param name="Socket">Path of a Unix socket, or null.</param>
/// <param name="Host">Name or address over TCP, or null.</param>
/// <param name="Port">Its TCP port.</param>
public sealed record DockerAddress(string? Socket, string? Host, int Port)
{
    /// <summary>
    /// <paramref name="dockerHost"/> (the value of DOCKER_HOST) when it is set; else the first of Docker's and Podman's usual sockets
    /// that exists, else Docker's.
    /// </summary>
    /// <exception cref="ScarException">A DOCKER_HOST that this engine cannot use.</exception>
    public static DockerAddress Find(string? dockerHost, string? runtimeDirectory)
    {
        if (!string.IsNullOrEmpty(dockerHost))
        {
            return Parse(dockerHost);
        }

        string[] candidates =
        [
            "/var/run/docker.sock",
            .. runtimeDirectory is null ? Array.Empty<string>() : [runtimeDirectory + "/docker.sock"],
            "/run/podman/podman.sock",
            .. runtimeDirectory is null ? Array.Empty<string>() : [runtimeDirectory + "/podman/podman.sock"],
        ];
        return new DockerAddress(candidates.FirstOrDefault(File.Exists) ?? candidates[0], null, 0);
    }

    /// <summary>Reads <c>unix:///path</c> and <c>tcp://host:port</c>.</summary>
    /// <exception cref="ScarException">It is neither.</exception>
    public static DockerAddress Parse(string text)
    {
        if (text.StartsWith("unix://", StringComparison.Ordinal) && text.Length > "unix://".Length)
        {
            return new DockerAddress(text["unix://".Length..], null, 0);
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "tcp" or "http" && uri.Host.Length > 0)
        {
            return new DockerAddress(null, uri.Host, uri.Port > 0 ? uri.Port : 2375);
        }

        throw new ScarException(
            $"DOCKER_HOST '{text}' is not an address the engine can use",
            "set it to unix:///path/to/docker.sock or tcp://host:port, or unset it; --no-containers runs scripts on the host");
    }

    /// <summary>Connects; the caller owns the stream.</summary>
    public async ValueTask<Stream> Connect(CancellationToken cancellation)
    {
#pragma warning disable CA2000 // the stream that is handed out owns the socket; a failure disposes of it
        var socket = Socket is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
#pragma warning restore CA2000
        try
        {
            await (Socket is null
                ? socket.ConnectAsync(Host!, Port, cancellation)
                : socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Socket is null ? $"tcp://{Host}:{Port}" : $"unix://{Socket}";
}
