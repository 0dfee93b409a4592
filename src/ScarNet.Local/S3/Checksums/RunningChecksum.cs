using System.Security.Cryptography;
using ScarNet.Core.Checksums;

namespace ScarNet.Local.S3.Checksums;

/// <summary>A checksum that is being computed.</summary>
internal sealed class RunningChecksum : IDisposable
{
    private readonly ChecksumAlgorithm algorithm;
    private readonly Crc? crc;
    private readonly IncrementalHash? hash;
    private ulong value;

    private RunningChecksum(ChecksumAlgorithm algorithm)
    {
        this.algorithm = algorithm;
        crc = CrcOf(algorithm);
        hash = crc is null
            ? IncrementalHash.CreateHash(algorithm == ChecksumAlgorithm.SHA1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256)
            : null;
    }

    public static RunningChecksum Start(ChecksumAlgorithm algorithm) => new(algorithm);

    public static Crc? CrcOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.CRC32 => Crc.Crc32,
        ChecksumAlgorithm.CRC32C => Crc.Crc32C,
        ChecksumAlgorithm.CRC64NVME => Crc.Crc64Nvme,
        _ => null,
    };

    public void Append(ReadOnlySpan<byte> data)
    {
        if (crc is null)
        {
            hash!.AppendData(data);
        }
        else
        {
            value = crc.Append(value, data);
        }
    }

    public Checksum Finish() =>
        crc is null ? new Checksum(algorithm, hash!.GetHashAndReset(), 0) : Checksum.FromNumber(algorithm, value);

    public void Dispose() => hash?.Dispose();
}
