using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Aws.S3;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.Core.Transfers;

namespace ScarNet.Supervisor.Storage;

/// <summary>Fetches the object of an event, that very version, in pieces of a fixed size, taking up a broken transfer where it broke.</summary>
internal sealed class Download(IAmazonS3 s3, Log? log = null)
{
    /// <summary>What is read at a time.</summary>
    public const int BufferBytes = 128 * 1024;

    private const int MaxAttempts = 5;

    /// <summary>Fills in what the event does not say of the object's version, so that the invocation has an identity.</summary>
    /// <exception cref="SupersededException">There is no such object.</exception>
    public async Task<ObjectEvent> Pin(ObjectEvent source, CancellationToken cancellation)
    {
        if (source.VersionId is not null || source.ETag is not null)
        {
            return source;
        }

        return await Translate(source, async () =>
        {
            var head = await s3.Head(source.Object.Bucket, source.Object.Key, cancellation);
            return source with { ETag = head.ETag.Trim('"'), VersionId = head.VersionId, Size = head.ContentLength };
        });
    }

    /// <param name="source">The event.</param>
    /// <param name="file">Where to put it.</param>
    /// <param name="accept">Looks at the object before its content is fetched; throws to refuse it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SupersededException">The object of the event is not there any more.</exception>
    /// <exception cref="RunFailure">It cannot be fetched, or the disk is full.</exception>
    public Task<SourceHead> Fetch(ObjectEvent source, string file, Action<SourceHead> accept, CancellationToken cancellation) =>
        Translate(source, async () =>
        {
            using var target = new TargetFile(file);
            using var progress = new TransferProgress(log, "downloading", source.Object, source.Size);
            target.Progress = progress;
            using var check = new ArrivalCheck();
            for (var (attempt, position) = (1, 0L); ; attempt++)
            {
                using var response = await s3.GetUnchecked(Request(source, position), cancellation);
                var head = new SourceHead(
                    position + response.ContentLength,
                    ObjectMetadata.HopsOf(response.Metadata[ObjectMetadata.Hops]),
                    response.Metadata[ObjectMetadata.Run])
                {
                    ETag = response.ETag?.Trim('"'),
                    VersionId = response.VersionId,
                };
                source = source with { ETag = source.ETag ?? head.ETag }; // the rest, if it comes to that, is of the same content
                if (position == 0)
                {
                    accept(head);
                    if (head.Size > PieceDownload.LargeBytes)
                    {
                        await new PieceDownload(s3, source, response, target).Fetch(cancellation);
                        return head;
                    }

                    check.Expect(response);
                }

                try
                {
                    await foreach (var bytes in Pieces(response.ResponseStream, response.ContentLength, cancellation))
                    {
                        target.Write(bytes.Span, position);
                        position += bytes.Length;
                        check.Append(bytes.Span);
                    }

                    check.Verify(source.Object);
                    return head;
                }
                catch (Exception e) when (attempt < MaxAttempts && IsBrokenTransfer(e))
                {
                    // The part that arrived stays: the next request asks for the rest of the same version.
                }
            }
        });

    /// <summary>Whether asking once more for what is missing may help.</summary>
    public static bool IsBrokenTransfer(Exception e) => e is HttpIOException or HttpRequestException or EndOfStreamException or TimeoutException;

    private static GetObjectRequest Request(ObjectEvent source, long from) => new()
    {
        BucketName = source.Object.Bucket,
        Key = source.Object.Key,
        VersionId = source.VersionId,
        EtagToMatch = source.VersionId is null ? source.ETag : null,
        ByteRange = from == 0 ? null : new ByteRange($"bytes={from}-"),
    };

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(Stream content, long length, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, BufferBytes));
        try
        {
            for (int read; (read = await Silence.Read(content, buffer, cancellation)) > 0;)
            {
                yield return buffer.AsMemory(0, read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<T> Translate<T>(ObjectEvent source, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchBucket")
        {
            throw new RunFailure(ExitCodes.InputMissing, $"there is no bucket '{source.Object.Bucket}'", e);
        }
        catch (AmazonS3Exception e) when (e.StatusCode
            is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed
            or HttpStatusCode.MethodNotAllowed) // the version is a delete marker
        {
            throw new SupersededException(source.Object, e);
        }
        catch (AmazonServiceException e)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'{source.Object}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (IsBrokenTransfer(e) || e is AmazonClientException)
        {
            throw new RunFailure(ExitCodes.DownloadFailed, $"'{source.Object}' cannot be read: {e.Message}", e);
        }
    }
}
