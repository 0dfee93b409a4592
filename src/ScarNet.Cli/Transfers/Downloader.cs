using System.Collections.Concurrent;
using Amazon.S3;
using Amazon.S3.Transfer;
using ScarNet.Cli.Output;
using ScarNet.Core;
using ScarNet.Core.Transfers;

namespace ScarNet.Cli.Transfers;

/// <summary>
/// Carries objects to files, several at once, each as one stream: only so does the SDK hold all of it against S3's checksum. What stops
/// coming fails, as long as nothing else comes either.
/// </summary>
/// <param name="s3">Where objects are.</param>
/// <param name="meter">Is told what has come.</param>
/// <param name="clock">The system's when null.</param>
internal sealed class Downloader(IAmazonS3 s3, ITransferMeter meter, TimeProvider? clock = null)
{
    private const int FilesAtOnce = 8;

    private readonly ConcurrentDictionary<Patience, bool> waiting = new();

    /// <summary>A file appears under its name when it is whole, and never before.</summary>
    /// <returns>What failed or was refused, with the reason.</returns>
    public async Task<IReadOnlyList<TransferFailure>> Carry(
        IReadOnlyList<Download> downloads, string directory, CancellationToken cancellation)
    {
        using var transfer = new TransferUtility(s3);
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
            request.WriteObjectProgressEvent += (_, written) =>
            {
                progress.Reach(written.TransferredBytes);
                Moved();
            };
            await UntilSilence(token => transfer.DownloadAsync(request, token), cancellation);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }

        meter.Finished(download.From.ToString(), file);
    }

    private async Task UntilSilence(Func<CancellationToken, Task> download, CancellationToken cancellation)
    {
        using var patience = new Patience(cancellation, clock);
        waiting[patience] = true;
        try
        {
            await patience.During(async token =>
            {
                await download(token);
                return true;
            });
        }
        finally
        {
            waiting.TryRemove(patience, out _);
        }
    }

    // The SDK tells of every 100 KB only, which over a slow line that all files share takes its time.
    private void Moved()
    {
        foreach (var patience in waiting.Keys)
        {
            patience.Moved();
        }
    }
}
