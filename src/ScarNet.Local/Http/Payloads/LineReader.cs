using System.Buffers;
using System.Text;

namespace ScarNet.Local.Http.Payloads;

/// <summary>A stream that is read by lines and by counted bytes in turn.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private int start;
    private int end;

    /// <summary>A line without its end (CRLF or LF).</summary>
    /// <exception cref="ApiException">The stream ended, or the line is absurdly long.</exception>
    public async ValueTask<string> Line(CancellationToken cancellation)
    {
        while (true)
        {
            var newline = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, start, newline);
                start += newline + 1;
                return line.EndsWith('\r') ? line[..^1] : line;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length || await More(cancellation) == 0)
            {
                throw Broken();
            }
        }
    }

    /// <summary>Some bytes, at least one.</summary>
    /// <exception cref="ApiException">The stream ended.</exception>
    public async ValueTask<int> Bytes(Memory<byte> destination, CancellationToken cancellation)
    {
        if (start == end)
        {
            return await stream.ReadAsync(destination, cancellation) is > 0 and var read ? read : throw Broken();
        }

        var taken = Math.Min(destination.Length, end - start);
        buffer.AsMemory(start, taken).CopyTo(destination);
        start += taken;
        return taken;
    }

    /// <summary>Whether the stream has nothing more.</summary>
    public async ValueTask<bool> AtEnd(CancellationToken cancellation) => start == end && await Refill(cancellation) == 0;

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private static ApiException Broken() => new(
        400, "IncompleteBody", "The request body terminated unexpectedly or its chunks are malformed.");

    private ValueTask<int> Refill(CancellationToken cancellation)
    {
        (start, end) = (0, 0);
        return More(cancellation);
    }

    private async ValueTask<int> More(CancellationToken cancellation)
    {
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
        end += read;
        return read;
    }
}
