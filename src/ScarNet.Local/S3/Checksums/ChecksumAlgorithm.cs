namespace ScarNet.Local.S3.Checksums;

/// <summary>S3's checksum algorithms. The names are those of the wire.</summary>
internal enum ChecksumAlgorithm
{
    CRC32,
    CRC32C,
    CRC64NVME,
    SHA1,
    SHA256,
}
