using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.S3.Checksums;

namespace ScarNet.Local.S3.Contents;

/// <summary>Takes in bodies of any size with a fixed amount of memory.</summary>
internal sealed class Receiver(Blobs blobs)
{
    /// <summary>Up to this many bytes live in the database: one fsync, shared with others, instead of two of their own.</summary>
    public const int MostInline = 64 * 1024;

    private const int BufferSize = 256 * 1024;

    /// <summary>Reads a body to its end, verifies it and makes it durable.</summary>
    /// <param name="payload">The body.</param>
    /// <param name="claim">What the request says of its checksums.</param>
    /// <param name="algorithm">A checksum to compute although the request does not say one, or null.</param>
    /// <param name="cancellation">The client went away.</param>
    /// <exception cref="Http.ApiException">The body is not what the request says.</exception>
    public async Task<Draft> Receive(Payload payload, ChecksumClaim claim, ChecksumAlgorithm? algorithm, CancellationToken cancellation)
    {
        using var checksum = (claim.Algorithm ?? algorithm) is { } known ? RunningChecksum.Start(known) : null;
        var buffer = ArrayPool<byte>.Shared.Rent(payload.Length is <= MostInline ? MostInline + 1 : BufferSize);
        try
        {
            var head = await payload.Fill(buffer.AsMemory(0, MostInline + 1), cancellation);
            return head <= MostInline
                ? Small(payload, claim, checksum, buffer.AsSpan(0, head))
                : await Large(payload, claim, checksum, buffer, head, cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Draft Small(Payload payload, ChecksumClaim claim, RunningChecksum? running, ReadOnlySpan<byte> bytes)
    {
        Span<byte> md5 = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes, md5);
        running?.Append(bytes);
        var checksum = running?.Finish();
        claim.Verify(md5, checksum, payload.Trailers);
        return new Draft(blobs) { Size = bytes.Length, ETag = Convert.ToHexStringLower(md5), Checksum = checksum, Data = bytes.ToArray() };
    }

    private async Task<Draft> Large(
        Payload payload, ChecksumClaim claim, RunningChecksum? running, byte[] buffer, int filled, CancellationToken cancellation)
    {
        var (name, handle) = blobs.Create();
        try
        {
            using var file = handle;
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            var size = await Copy(payload, file, md5, running, buffer, filled, cancellation);
            var hash = md5.GetHashAndReset();
            var checksum = running?.Finish();
            claim.Verify(hash, checksum, payload.Trailers);
            blobs.MakeDurable(file);
            return new Draft(blobs) { Size = size, ETag = Convert.ToHexStringLower(hash), Checksum = checksum, File = name };
        }
        catch
        {
            blobs.Discard([name]);
            throw;
        }
    }

    private static async Task<long> Copy(
        Payload payload, SafeFileHandle file, IncrementalHash md5, RunningChecksum? running, byte[] buffer, int filled, CancellationToken cancellation)
    {
        var size = 0L;
        do
        {
            md5.AppendData(buffer, 0, filled);
            running?.Append(buffer.AsSpan(0, filled));
            RandomAccess.Write(file, buffer.AsSpan(0, filled), size);
            size += filled;
            filled = await payload.Fill(buffer, cancellation);
        }
        while (filled > 0);
        return size;
    }
}
