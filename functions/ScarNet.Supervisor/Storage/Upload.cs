using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Checksums;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;

namespace ScarNet.Supervisor.Storage;

/// <summary>Writes outputs, each once: what a run of the same invocation has written already is left alone.</summary>
internal sealed class Upload(IAmazonS3 s3, Log? log = null)
{
    private const int PartsAtOnce = 2;

    // A run that is told to end has five seconds after its last upload.
    private static readonly TimeSpan LongestAbort = TimeSpan.FromSeconds(3);

    // 'UseChunkEncoding = false': a file can be read twice, so its digest is signed with the request. Signing every 128 KiB of it, the
    // SDK's default, takes several times as long and a large buffer for each request.

    /// <param name="file">Absolute path of the file.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="size">Bytes.</param>
    /// <param name="origin">What its metadata says.</param>
    /// <param name="overwrite">Whether it may replace what a run of another source wrote.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RunFailure">The key belongs to another source, or the service refuses.</exception>
    public async Task<RunOutput> Send(
        string file, ObjectPath target, long size, OutputOrigin origin, bool overwrite, CancellationToken cancellation)
    {
        try
        {
            // A large object is looked for first: its condition is only checked once all of it has been sent.
            if (size > UploadParts.PartBytes && await Existing(target, cancellation) is { } before)
            {
                return await Replace(file, target, size, origin, overwrite, before, cancellation);
            }

            return await Put(file, target, size, origin, Condition.Absent, cancellation)
                ?? await Replace(file, target, size, origin, overwrite, await Existing(target, cancellation), cancellation);
        }
        catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException)
        {
            throw new RunFailure(ExitCodes.UploadFailed, $"'{target}' cannot be written: {e.Message}", e);
        }
    }

    private async Task<RunOutput> Replace(
        string file,
        ObjectPath target,
        long size,
        OutputOrigin origin,
        bool overwrite,
        GetObjectMetadataResponse? existing,
        CancellationToken cancellation)
    {
        var condition = Condition.Absent;
        if (existing is not null)
        {
            var sameRun = origin.IsSameRun(existing.Metadata[ObjectMetadata.Run]);
            if (sameRun && existing.ContentLength == size && existing.ETag.Trim('"') == UploadParts.ContentETag(file, size))
            {
                return new(target.Bucket, target.Key, size, existing.ETag.Trim('"'), existing.VersionId);
            }

            if (!overwrite && !sameRun && !origin.IsSameSource(existing.Metadata[ObjectMetadata.Source]))
            {
                throw new RunFailure(
                    ExitCodes.OutputMissing,
                    $"'{target}' was made from {existing.Metadata[ObjectMetadata.Source] ?? "something else"} and is not overwritten: "
                    + "'{request_id}' or '{key_stem}' in the output's path keeps results apart, 'overwrite: true' allows it");
            }

            condition = new(existing.ETag);
        }

        return await Put(file, target, size, origin, condition, cancellation)
            ?? throw new RunFailure(ExitCodes.UploadFailed, $"'{target}' was written by somebody else at the same time");
    }

    private async Task<GetObjectMetadataResponse?> Existing(ObjectPath target, CancellationToken cancellation)
    {
        try
        {
            return await s3.Head(target.Bucket, target.Key, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <returns>Null when the condition does not hold.</returns>
    private async Task<RunOutput?> Put(
        string file, ObjectPath target, long size, OutputOrigin origin, Condition condition, CancellationToken cancellation)
    {
        try
        {
            return size > UploadParts.PartBytes
                ? await PutParts(file, target, size, origin, condition, cancellation)
                : await PutWhole(file, target, size, origin, condition, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
    }

    private async Task<RunOutput> PutWhole(
        string file, ObjectPath target, long size, OutputOrigin origin, Condition condition, CancellationToken cancellation)
    {
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var request = new PutObjectRequest
        {
            BucketName = target.Bucket,
            Key = target.Key,
            InputStream = content,
            UseChunkEncoding = false,
            ChecksumCRC64NVME = ContentSum.Text(ContentSum.Of(file, 0, size)),
            IfNoneMatch = condition.IfNoneMatch,
            IfMatch = condition.IfMatch,
        };
        origin.AddTo(request);
        using var progress = new TransferProgress(log, "uploading", target, size);
        request.StreamTransferProgress += progress.Sent;
        var response = await s3.PutObjectAsync(request, cancellation);
        return new(target.Bucket, target.Key, size, response.ETag.Trim('"'), response.VersionId);
    }

    private async Task<RunOutput> PutParts(
        string file, ObjectPath target, long size, OutputOrigin origin, Condition condition, CancellationToken cancellation)
    {
        var start = new InitiateMultipartUploadRequest
        {
            BucketName = target.Bucket,
            Key = target.Key,
            ChecksumAlgorithm = ChecksumAlgorithm.CRC64NVME,
            ChecksumType = ChecksumType.FULL_OBJECT,
        };
        origin.AddTo(start);
        var uploadId = (await s3.InitiateMultipartUploadAsync(start, cancellation)).UploadId;
        try
        {
            using var progress = new TransferProgress(log, "uploading", target, size);
            var (parts, sum) = await SendParts(file, target, size, uploadId, progress, cancellation);
            var complete = new CompleteMultipartUploadRequest
            {
                BucketName = target.Bucket,
                Key = target.Key,
                UploadId = uploadId,
                PartETags = parts,
                ChecksumCRC64NVME = ContentSum.Text(sum),
                ChecksumType = ChecksumType.FULL_OBJECT,
                IfNoneMatch = condition.IfNoneMatch,
                IfMatch = condition.IfMatch,
            };
            var response = await s3.CompleteMultipartUploadAsync(complete, cancellation);
            return new(target.Bucket, target.Key, size, response.ETag.Trim('"'), response.VersionId);
        }
        catch
        {
            await Abort(target, uploadId);
            throw;
        }
    }

    // Parts of an upload that is never completed are kept, and paid for, until it is aborted. What failed first is what the run must tell.
    private async Task Abort(ObjectPath target, string uploadId)
    {
        using var limit = new CancellationTokenSource(LongestAbort);
        try
        {
            await s3.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = target.Bucket, Key = target.Key, UploadId = uploadId }, limit.Token);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            log?.Warn("the parts of an output that could not be uploaded are still in the bucket", ("output", target), ("uploadId", uploadId), ("reason", e.Message));
        }
    }

    private async Task<(List<PartETag> Parts, ulong Sum)> SendParts(
        string file, ObjectPath target, long size, string uploadId, TransferProgress progress, CancellationToken cancellation)
    {
        var part = UploadParts.PartSize(size);
        var etags = new PartETag[(size + part - 1) / part];
        var sums = new ulong[etags.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, etags.Length, options, async (i, token) =>
        {
            var length = Math.Min(part, size - (i * part));
            sums[i] = ContentSum.Of(file, i * part, length);
            var request = new UploadPartRequest
            {
                BucketName = target.Bucket,
                Key = target.Key,
                UploadId = uploadId,
                PartNumber = i + 1,
                FilePath = file,
                FilePosition = i * part,
                PartSize = length,
                UseChunkEncoding = false,
                ChecksumCRC64NVME = ContentSum.Text(sums[i]),
            };
            request.StreamTransferProgress += progress.Sent;
            etags[i] = new PartETag(await s3.UploadPartAsync(request, token));
        });
        return ([.. etags], Crc.Crc64Nvme.Combine(sums, part, size));
    }

    private readonly record struct Condition(string? IfMatch)
    {
        public static Condition Absent => default;

        public string? IfNoneMatch => IfMatch is null ? "*" : null;
    }
}
