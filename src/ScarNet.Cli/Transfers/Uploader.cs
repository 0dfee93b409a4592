using Amazon.S3;
using Amazon.S3.Transfer;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Transfers;

/// <summary>Carries files into buckets, several at once; large ones in parts.</summary>
internal sealed class Uploader(IAmazonS3 s3, ITransferMeter meter)
{
    private const int FilesAtOnce = 8;

    /// <summary>Every upload that did not fail is whole; one that was ended in the middle left nothing.</summary>
    /// <returns>What failed, with the reason.</returns>
    public async Task<IReadOnlyList<TransferFailure>> Carry(IReadOnlyList<Upload> uploads, CancellationToken cancellation)
    {
        using var transfer = new TransferUtility(s3, new TransferUtilityConfig { ConcurrentServiceRequests = 4 });
        var failures = new List<TransferFailure>();
        await Parallel.ForEachAsync(
            uploads,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellation },
            async (upload, ct) =>
            {
                var request = new TransferUtilityUploadRequest { FilePath = upload.File, BucketName = upload.To.Bucket, Key = upload.To.Key };
                var progress = new FileProgress(meter);
                request.UploadProgressEvent += (_, sent) => progress.Reach(sent.TransferredBytes);
                try
                {
                    await transfer.UploadAsync(request, ct);
                    meter.Finished(upload.File, upload.To.ToString());
                }
                catch (Exception e) when (TransferFailure.Concerns(e, ct))
                {
                    lock (failures)
                    {
                        failures.Add(new(upload.File, upload.To.ToString(), e));
                    }
                }
            });
        return failures;
    }
}
