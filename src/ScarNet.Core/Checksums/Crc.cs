using System.Buffers.Binary;

namespace ScarNet.Core.Checksums;

/// <summary>
/// A reflected CRC of 32 or 64 bits, with all ones before and after, eight bytes at a time. .NET's own (System.IO.Hashing) is a
/// package that our feeds lack.
/// </summary>
public sealed class Crc
{
    public static readonly Crc Crc32 = new(0xEDB88320, 32);
    public static readonly Crc Crc32C = new(0x82F63B78, 32);

    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html (CRC-64/NVME)</summary>
    public static readonly Crc Crc64Nvme = new(0x9A6C9329AC4BC9B5, 64);

    private readonly ulong polynomial;
    private readonly ulong ones;
    private readonly ulong[][] tables = new ulong[8][];

    private Crc(ulong polynomial, int width)
    {
        this.polynomial = polynomial;
        Width = width;
        ones = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
        for (var t = 0; t < tables.Length; t++)
        {
            tables[t] = new ulong[256];
            for (var i = 0; i < 256; i++)
            {
                tables[t][i] = t == 0 ? ShiftByte((ulong)i) : tables[0][tables[t - 1][i] & 0xFF] ^ (tables[t - 1][i] >> 8);
            }
        }
    }

    /// <summary>Bits.</summary>
    public int Width { get; }

    /// <summary>Goes on from the checksum of what came before; 0 is the checksum of nothing.</summary>
    public ulong Append(ulong checksum, ReadOnlySpan<byte> data)
    {
        var crc = checksum ^ ones;
        while (data.Length >= 8)
        {
            var x = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ crc;
            crc = tables[7][x & 0xFF] ^ tables[6][(x >> 8) & 0xFF] ^ tables[5][(x >> 16) & 0xFF] ^ tables[4][(x >> 24) & 0xFF]
                ^ tables[3][(x >> 32) & 0xFF] ^ tables[2][(x >> 40) & 0xFF] ^ tables[1][(x >> 48) & 0xFF] ^ tables[0][x >> 56];
            data = data[8..];
        }

        foreach (var b in data)
        {
            crc = tables[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return crc ^ ones;
    }

    /// <summary>The checksum of two pieces together, from their own and the length of the second.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength)
    {
        // Appending a zero byte is a linear map on the checksum's bits; squaring it gives that of 2, 4, 8 … zero bytes.
        var map = new ulong[Width];
        for (var bit = 0; bit < Width; bit++)
        {
            map[bit] = ShiftByte(1UL << bit);
        }

        for (var length = secondLength; length > 0; length >>= 1)
        {
            if ((length & 1) != 0)
            {
                first = Apply(map, first);
            }

            map = Array.ConvertAll(map, column => Apply(map, column));
        }

        return first ^ second;
    }

    /// <summary>The checksum of all pieces together, in their order.</summary>
    /// <param name="pieces">Their own; at least one.</param>
    /// <param name="pieceLength">Bytes of each but the last.</param>
    /// <param name="totalLength">Bytes of all.</param>
    public ulong Combine(IReadOnlyList<ulong> pieces, long pieceLength, long totalLength)
    {
        var sum = pieces[0];
        for (var i = 1; i < pieces.Count; i++)
        {
            sum = Combine(sum, pieces[i], Math.Min(pieceLength, totalLength - (i * pieceLength)));
        }

        return sum;
    }

    private static ulong Apply(ulong[] map, ulong vector)
    {
        var sum = 0UL;
        for (var bit = 0; vector != 0; bit++, vector >>= 1)
        {
            if ((vector & 1) != 0)
            {
                sum ^= map[bit];
            }
        }

        return sum;
    }

    private ulong ShiftByte(ulong crc)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) != 0 ? (crc >> 1) ^ polynomial : crc >> 1;
        }

        return crc;
    }
}
