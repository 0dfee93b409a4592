using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Aws.S3;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.Core.Transfers;

namespace ScarNet.Supervisor.Storage;

/// <summary>
/// Fetches one version of a large object in pieces, several at once, each straight to its place in the file. What it keeps in memory does
/// not depend on the object's size.
/// </summary>
/// <param name="s3">Where the object is.</param>
/// <param name="source">The object.</param>
/// <param name="first">The answer to a request for all of it: its beginning is read from here.</param>
/// <param name="file">Where it goes.</param>
internal sealed class PieceDownload(IAmazonS3 s3, ObjectEvent source, GetObjectResponse first, TargetFile file)
{
    /// <summary>Smaller objects come as a whole. Bytes.</summary>
    public const long LargeBytes = 2 * PieceBytes;

    private const long PieceBytes = 8L * 1024 * 1024;
    private const int PiecesAtOnce = 4;
    private const int MaxAttempts = 5;

    private readonly long size = first.ContentLength;
    private readonly ObjectCheck? check = ObjectCheck.Of(first);

    /// <exception cref="RunFailure">What arrived is not what S3 stored.</exception>
    public async Task Fetch(CancellationToken cancellation)
    {
        var sums = new ulong[(size + PieceBytes - 1) / PieceBytes];
        var options = new ParallelOptions { MaxDegreeOfParallelism = PiecesAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, sums.Length, options, async (i, token) => sums[i] = await Fetch(i, token));
        check?.Verify(check.Crc.Combine(sums, PieceBytes, size), source.Object);
    }

    private static async Task CopyTo(Stream content, Piece piece, CancellationToken cancellation)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(Download.BufferBytes);
        try
        {
            while (piece.Left > 0)
            {
                var read = await Silence.Read(content, buffer.AsMemory(0, (int)Math.Min(buffer.Length, piece.Left)), cancellation);
                if (read == 0)
                {
                    throw new EndOfStreamException("the answer ended early");
                }

                piece.Write(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ulong> Fetch(int index, CancellationToken cancellation)
    {
        var from = index * PieceBytes;
        var piece = new Piece(file, check, from, Math.Min(PieceBytes, size - from));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Continue(piece, attempt, cancellation);
                return piece.Sum;
            }
            catch (Exception e) when (attempt < MaxAttempts && Download.IsBrokenTransfer(e))
            {
                // What arrived stays: the next request asks for the rest of the same version.
            }
        }
    }

    private async Task Continue(Piece piece, int attempt, CancellationToken cancellation)
    {
        if (piece.Position == 0 && attempt == 1)
        {
            await CopyTo(first.ResponseStream, piece, cancellation);
            first.Dispose(); // closes the connection: the rest of the answer is fetched elsewhere
            return;
        }

        var request = new GetObjectRequest
        {
            BucketName = source.Object.Bucket,
            Key = source.Object.Key,
            VersionId = source.VersionId,
            EtagToMatch = first.ETag,
            ByteRange = new ByteRange(piece.Position, piece.Position + piece.Left - 1),
        };
        using var response = await s3.GetUnchecked(request, cancellation);
        await CopyTo(response.ResponseStream, piece, cancellation);
    }

    /// <summary>A part of the file that fills from its beginning.</summary>
    private sealed class Piece(TargetFile file, ObjectCheck? check, long position, long length)
    {
        public long Position { get; private set; } = position;

        public long Left { get; private set; } = length;

        public ulong Sum { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            Sum = check?.Crc.Append(Sum, bytes) ?? 0;
            file.Write(bytes, Position);
            Position += bytes.Length;
            Left -= bytes.Length;
        }
    }
}
