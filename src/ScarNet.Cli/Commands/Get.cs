using ScarNet.Cli.Output;
using ScarNet.Cli.Transfers;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet get</c>.</summary>
internal sealed class Get(Session session)
{
    public async Task<int> Run(GetRequest request, CancellationToken cancellation)
    {
        using var clients = await Cloud.Connect(session, cancellation);
        var downloads = await DownloadPlan.Of(clients.S3, request.From, request.WholeKeys, cancellation);
        if (downloads.Count == 0)
        {
            session.Terminal.Fail(new ScarException($"there is nothing under '{request.From}'"));
            return ExitCode.Failed;
        }

        Directory.CreateDirectory(request.Directory);
        var failures = await session.Terminal.Transfer(
            Amount.Of(downloads.Count, "file"),
            downloads.Sum(download => download.Size),
            meter => new Downloader(clients.S3, meter).Carry(downloads, request.Directory, cancellation));
        var failed = failures.Select(failure => failure.From).ToHashSet();
        var arrived = downloads.Where(download => !failed.Contains(download.From.ToString())).ToList();
        return TransferReport.Give(
            session,
            new TransferAnswer(
                [.. arrived.Select(download => new TransferredFile(download.From.ToString(), Path.Join(request.Directory, download.Path), download.Size))],
                arrived.Sum(download => download.Size),
                [.. failures.Select(TransferReport.Failure)]),
            $"in {request.Directory}");
    }
}
