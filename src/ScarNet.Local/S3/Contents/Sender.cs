using System.Buffers;

namespace ScarNet.Local.S3.Contents;

/// <summary>Streams a range of an object's content with a fixed amount of memory.</summary>
internal static class Sender
{
    private const int BufferSize = 128 * 1024;

    /// <param name="parts">The whole content, in order.</param>
    /// <param name="range">What of it.</param>
    /// <param name="blobs">Where the files are; the caller holds a <see cref="Blobs.Reading"/>.</param>
    /// <param name="write">Takes each piece.</param>
    /// <param name="cancellation">The receiver went away.</param>
    public static async Task Send(
        IReadOnlyList<ContentPart> parts, ByteRange range, Blobs blobs, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellation)
    {
        var skip = range.Start;
        var left = range.Length;
        foreach (var part in parts)
        {
            if (left == 0)
            {
                return;
            }

            if (skip >= part.Size)
            {
                skip -= part.Size;
                continue;
            }

            var length = Math.Min(part.Size - skip, left);
            await (part.Data is { } data
                ? write(data.AsMemory((int)skip, (int)length)).AsTask()
                : SendFile(blobs, part.File!, skip, length, write, cancellation));
            left -= length;
            skip = 0;
        }
    }

    private static async Task SendFile(
        Blobs blobs, string name, long offset, long length, Func<ReadOnlyMemory<byte>, ValueTask> write, CancellationToken cancellation)
    {
        using var file = blobs.Open(name);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (length > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length)), offset);
                if (read == 0)
                {
                    throw new IOException($"the blob '{name}' is shorter than its row says");
                }

                await write(buffer.AsMemory(0, read));
                offset += read;
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
