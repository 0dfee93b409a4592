using System.Buffers.Binary;
using ScarNet.Core.Checksums;

namespace ScarNet.Supervisor.Storage;

/// <summary>
/// The CRC-64/NVME of files and parts of files, which S3 compares with what arrives and keeps with the object. The SDK's own checksum, a
/// CRC-32, takes as long as all the rest of an upload.
/// </summary>
internal static class ContentSum
{
    private const int BufferBytes = 128 * 1024;

    /// <exception cref="EndOfStreamException">The file is shorter by now.</exception>
    public static ulong Of(string file, long position, long length)
    {
        using var handle = File.OpenHandle(file);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var sum = 0UL;
            for (var end = position + length; position < end;)
            {
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(BufferBytes, end - position)), position);
                if (read == 0)
                {
                    throw new EndOfStreamException($"'{file}' became shorter while it was read");
                }

                sum = Crc.Crc64Nvme.Append(sum, buffer.AsSpan(0, read));
                position += read;
            }

            return sum;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>As S3 writes it.</summary>
    public static string Text(ulong sum)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, sum);
        return Convert.ToBase64String(bytes);
    }
}
