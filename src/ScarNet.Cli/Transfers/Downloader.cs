using Amazon.S3;
using Amazon.S3.Transfer;
using ScarNet.Cli.Output;
using ScarNet.Core;

namespace ScarNet.Cli.Transfers;

/// <summary>Carries objects to files, several at once; large ones in parts.</summary>
internal sealed class Downloader(IAmazonS3 s3, ITransferMeter meter)
{
    private const int FilesAtOnce = 8;

    /// <summary>A file appears under its name when it is whole, and never before.</summary>
    /// <returns>What failed or was refused, with the reason.</returns>
    public async Task<IReadOnlyList<TransferFailure>> Carry(
        IReadOnlyList<Download> downloads, string directory, CancellationToken cancellation)
    {
        using var transfer = new TransferUtility(s3, new TransferUtilityConfig { ConcurrentServiceRequests = 4 });
        var failures = new List<TransferFailure>();
        await Parallel.ForEachAsync(
            downloads,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellation },
            async (download, ct) =>
            {
                try
                {
                    await Carry(transfer, download, directory, ct);
                }
                catch (Exception e) when (TransferFailure.Concerns(e, ct))
                {
                    lock (failures)
                    {
                        failures.Add(new(download.From.ToString(), directory, e));
                    }
                }
            });
        return failures;
    }

    private async Task Carry(TransferUtility transfer, Download download, string directory, CancellationToken cancellation)
    {
        var file = LocalPath.Below(directory, download.Path ?? throw new ScarException(download.Refusal ?? "there is no path for it"));
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        var part = Path.Join(folder, $".scarnet-{Guid.NewGuid():N}.part");
        try
        {
            var request = new TransferUtilityDownloadRequest
            {
                BucketName = download.From.Bucket,
                Key = download.From.Key,
                FilePath = part,
            };
            var progress = new FileProgress(meter);
            request.WriteObjectProgressEvent += (_, written) => progress.Reach(written.TransferredBytes);
            await transfer.DownloadAsync(request, cancellation);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        meter.Finished(download.From.ToString(), file);
    }
}
