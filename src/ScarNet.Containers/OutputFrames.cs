using System.Buffers.Binary;

namespace ScarNet.Containers;

/// <summary>
/// Reads Docker's multiplexed stream: frames of one byte stream number, three bytes zero, four bytes length (big-endian), payload.
/// Source: docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach
/// </summary>
internal static class OutputFrames
{
    private const int HeaderLength = 8;
    private const byte StandardError = 2;

    /// <summary>Reads to the end. A frame may be handed on in pieces.</summary>
    public static async Task Copy(Stream stream, ContainerOutput output, CancellationToken cancellation)
    {
        var header = new byte[HeaderLength];
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellation) == HeaderLength)
        {
            var kind = header[0] == StandardError ? ContainerChannel.Error : ContainerChannel.Output;
            var left = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
            while (left > 0)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellation);
                if (read == 0)
                {
                    return; // Docker went away in the middle: the exit code tells, or the wait for it fails
                }

                await output(kind, buffer.AsMemory(0, read), cancellation);
                left -= (uint)read;
            }
        }
    }
}
