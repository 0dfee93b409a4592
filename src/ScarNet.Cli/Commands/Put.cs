using Amazon.S3;
using ScarNet.Cli.Output;
using ScarNet.Cli.Transfers;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet put</c>.</summary>
internal sealed class Put(Session session)
{
    public async Task<int> Run(PutRequest request, CancellationToken cancellation)
    {
        var uploads = UploadPlan.Of(request.Sources, request.To);
        using var clients = await Cloud.Connect(session, cancellation);
        if (request.MakeBucket)
        {
            await Make(clients.S3, request.To.Bucket, cancellation);
        }

        var failures = await session.Terminal.Transfer(
            Amount.Of(uploads.Count, "file"),
            uploads.Sum(upload => upload.Size),
            meter => new Uploader(clients.S3, meter).Carry(uploads, cancellation));
        var failed = failures.Select(failure => failure.To).ToHashSet();
        var arrived = uploads.Where(upload => !failed.Contains(upload.To.ToString())).ToList();
        return TransferReport.Give(
            session,
            new TransferAnswer(
                [.. arrived.Select(upload => new TransferredFile(upload.File, upload.To.ToString(), upload.Size))],
                arrived.Sum(upload => upload.Size),
                [.. failures.Select(TransferReport.Failure)]),
            $"to {request.To}");
    }

    private static async Task Make(IAmazonS3 s3, string bucket, CancellationToken cancellation)
    {
        try
        {
            await s3.PutBucketAsync(bucket, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou" or "BucketAlreadyExists")
        {
            // It is there; whether it is ours, the upload will tell.
        }
    }
}
