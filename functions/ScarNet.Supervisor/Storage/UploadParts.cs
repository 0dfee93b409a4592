using System.Security.Cryptography;

namespace ScarNet.Supervisor.Storage;

/// <summary>How a file is cut for its way up, and the ETag that S3 gives to what arrives like that.</summary>
internal static class UploadParts
{
    /// <summary>Files up to here go up in one. Bytes; larger ones go in parts of at least that.</summary>
    public const long PartBytes = 16L * 1024 * 1024;

    // Source: docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
    private const int MaxParts = 10_000;

    /// <summary>Bytes of each part but the last.</summary>
    public static long PartSize(long size)
    {
        var least = (size + MaxParts - 1) / MaxParts;
        return Math.Max(PartBytes, (least + PartBytes - 1) / PartBytes * PartBytes);
    }

    /// <summary>The ETag that S3 gives to these bytes: an MD5, or the MD5 of the parts' MD5s and their number.</summary>
    public static string ContentETag(string file, long size)
    {
        using var content = File.OpenRead(file);
        if (size <= PartBytes)
        {
            return Convert.ToHexStringLower(MD5.HashData(content));
        }

        using var all = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var part = PartSize(size);
        var parts = 0;
        for (long sent = 0; sent < size; sent += part, parts++)
        {
            all.AppendData(PartDigest(content, Math.Min(part, size - sent)));
        }

        return $"{Convert.ToHexStringLower(all.GetHashAndReset())}-{parts}";
    }

    private static byte[] PartDigest(FileStream content, long length)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[128 * 1024];
        while (length > 0)
        {
            var read = content.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0)
            {
                throw new EndOfStreamException($"'{content.Name}' became shorter while it was read");
            }

            digest.AppendData(buffer, 0, read);
            length -= read;
        }

        return digest.GetHashAndReset();
    }
}
