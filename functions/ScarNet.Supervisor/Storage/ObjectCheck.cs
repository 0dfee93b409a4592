using System.Buffers.Binary;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Checksums;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>The checksum that S3 keeps of a whole object, to hold against what arrived, also where it came in pieces.</summary>
/// <param name="Crc">How it is computed.</param>
/// <param name="Expected">What S3 says.</param>
internal sealed record ObjectCheck(Crc Crc, ulong Expected)
{
    /// <returns>Null when S3 has none, or only one that is made of the checksums of its parts.</returns>
    public static ObjectCheck? Of(GetObjectResponse response)
    {
        // An object of one part may leave its type out: its checksum is that of the whole.
        if (response.ChecksumType == ChecksumType.COMPOSITE)
        {
            return null;
        }

        return Of(Crc.Crc64Nvme, response.ChecksumCRC64NVME)
            ?? Of(Crc.Crc32C, response.ChecksumCRC32C)
            ?? Of(Crc.Crc32, response.ChecksumCRC32);
    }

    /// <exception cref="RunFailure">What arrived is not what S3 stored.</exception>
    public void Verify(ulong sum, ObjectPath address)
    {
        if (sum != Expected)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'{address}' arrived damaged: its checksum is {sum:x}, and S3 stored {Expected:x}");
        }
    }

    private static ObjectCheck? Of(Crc crc, string? text)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (text is null || !Convert.TryFromBase64String(text, bytes, out var length) || length != crc.Width / 8)
        {
            return null;
        }

        return new(crc, length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes));
    }
}
