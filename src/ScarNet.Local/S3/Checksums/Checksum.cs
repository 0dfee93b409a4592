using System.Buffers.Binary;
using System.Globalization;

namespace ScarNet.Local.S3.Checksums;

/// <summary>The checksum of an object or a part.</summary>
/// <param name="Algorithm">How it was computed.</param>
/// <param name="Bytes">Big-endian, as on the wire.</param>
/// <param name="Parts">0 when it covers the bytes; else it is a checksum over so many parts' checksums (COMPOSITE).</param>
internal sealed record Checksum(ChecksumAlgorithm Algorithm, byte[] Bytes, int Parts)
{
    public static readonly ChecksumAlgorithm[] Algorithms = Enum.GetValues<ChecksumAlgorithm>();

    /// <summary>As in headers and documents: base64, with <c>-N</c> when composite.</summary>
    public string Value => Parts == 0 ? Convert.ToBase64String(Bytes) : $"{Convert.ToBase64String(Bytes)}-{Parts}";

    public string Type => Parts == 0 ? "FULL_OBJECT" : "COMPOSITE";

    public string HeaderName => HeaderOf(Algorithm);

    /// <summary>Such as ChecksumCRC32.</summary>
    public string ElementName => $"Checksum{Algorithm}";

    public static string HeaderOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => "x-amz-checksum-crc32",
        ChecksumAlgorithm.CRC32C => "x-amz-checksum-crc32c",
        ChecksumAlgorithm.CRC64NVME => "x-amz-checksum-crc64nvme",
        ChecksumAlgorithm.SHA1 => "x-amz-checksum-sha1",
        _ => "x-amz-checksum-sha256",
    };

    /// <summary>How it is kept in the database.</summary>
    public string ToText() => $"{Algorithm} {Parts} {Convert.ToBase64String(Bytes)}";

    public static Checksum? FromText(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var parts = text.Split(' ');
        return new Checksum(
            Enum.Parse<ChecksumAlgorithm>(parts[0]), Convert.FromBase64String(parts[2]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The checksum of a whole from those of its parts, in order.</summary>
    /// <param name="algorithm">Of all parts.</param>
    /// <param name="parts">Each part's checksum and size in bytes.</param>
    /// <param name="composite">Over the parts' checksums; else over the bytes, which only CRCs allow.</param>
    public static Checksum OfParts(ChecksumAlgorithm algorithm, IReadOnlyList<(Checksum Checksum, long Size)> parts, bool composite)
    {
        if (composite)
        {
            using var running = RunningChecksum.Start(algorithm);
            foreach (var (checksum, _) in parts)
            {
                running.Append(checksum.Bytes);
            }

            return running.Finish() with { Parts = parts.Count };
        }

        var crc = RunningChecksum.CrcOf(algorithm)
            ?? throw new InvalidOperationException($"{algorithm} cannot be combined");
        var whole = parts.Aggregate(0UL, (sum, part) => crc.Combine(sum, FromBytes(part.Checksum.Bytes), part.Size));
        return FromNumber(algorithm, whole);
    }

    internal static Checksum FromNumber(ChecksumAlgorithm algorithm, ulong crc)
    {
        var bytes = new byte[RunningChecksum.CrcOf(algorithm)!.Width / 8];
        if (bytes.Length == 8)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, crc);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)crc);
        }

        return new Checksum(algorithm, bytes, 0);
    }

    private static ulong FromBytes(byte[] bytes) =>
        bytes.Length == 8 ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
