using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ScarNet.Benchmarks.Clients;

/// <summary>
/// One connection, kept alive, that signs, sends and reads with as little work as can be: so that servers are compared, not clients.
/// Not thread-safe.
/// </summary>
internal sealed class LeanConnection(S3Endpoint endpoint) : IDisposable
{
    private readonly byte[] inbox = new byte[1 << 18];
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>Bytes of the answer's body.</returns>
    /// <exception cref="InvalidOperationException">The server answered with an error.</exception>
    public async Task<long> Send(
        string method, string path, ReadOnlyMemory<byte> body, string bodyHash, CancellationToken cancellation, string query = "")
    {
        await Connect(cancellation);
        var head = Encoding.ASCII.GetBytes(endpoint.Sign(method, path, query, bodyHash, body.Length, DateTime.UtcNow));
        byte[] request = [.. head, .. body.Span];
        await SendAll(request, cancellation);
        return await Receive($"{method} {path}", cancellation);
    }

    /// <summary>Puts an object of zeros, a mebibyte at a time.</summary>
    public async Task Upload(string path, long length, CancellationToken cancellation)
    {
        await Connect(cancellation);
        var head = endpoint.Sign("PUT", path, "", S3Endpoint.UnsignedPayload, length, DateTime.UtcNow);
        await SendAll(Encoding.ASCII.GetBytes(head), cancellation);
        var block = new byte[1 << 20];
        for (var left = length; left > 0; left -= block.Length)
        {
            await SendAll(block.AsMemory(0, (int)Math.Min(left, block.Length)), cancellation);
        }

        await Receive($"PUT {path}", cancellation);
    }

    public void Dispose() => socket.Dispose();

    private async Task Connect(CancellationToken cancellation)
    {
        if (!socket.Connected)
        {
            await socket.ConnectAsync(endpoint.Socket, cancellation);
        }
    }

    private async Task SendAll(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellation)..];
        }
    }

    private async Task<long> Receive(string request, CancellationToken cancellation)
    {
        var have = 0;
        int end;
        while ((end = inbox.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
        {
            have += await Read(have, cancellation);
        }

        var head = Encoding.ASCII.GetString(inbox, 0, end);
        var length = Header(head, "content-length") is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var rest = have - end - 4;
        if (head.Length < 12 || head[9] != '2')
        {
            throw new InvalidOperationException($"{request}: {head}\n{Encoding.UTF8.GetString(inbox, end + 4, rest)}");
        }

        if (request.StartsWith("HEAD ", StringComparison.Ordinal))
        {
            return length;
        }

        if (Header(head, "transfer-encoding") is not null)
        {
            return await ReceiveChunks(end + 4, have, cancellation);
        }

        for (var left = length - rest; left > 0;)
        {
            left -= await Read(0, cancellation);
        }

        return length;
    }

    /// <summary>Only small answers come in chunks here: their end is looked for, their size not told apart from the chunks' heads.</summary>
    private async Task<long> ReceiveChunks(int start, int have, CancellationToken cancellation)
    {
        while (inbox.AsSpan(start, have - start).IndexOf("0\r\n\r\n"u8) < 0)
        {
            have += await Read(have, cancellation);
        }

        return have - start;
    }

    private async Task<int> Read(int offset, CancellationToken cancellation)
    {
        var count = await socket.ReceiveAsync(inbox.AsMemory(offset), SocketFlags.None, cancellation);
        return count > 0 ? count : throw new InvalidOperationException("the server closed the connection");
    }

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var end = head.IndexOf('\r', at + 2);
        return head[(at + name.Length + 3)..(end < 0 ? head.Length : end)].Trim();
    }
}
