using Amazon.S3;
using Amazon.S3.Model;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// What a bucket of our making has: nobody outside the account gets at it, and what lies there is encrypted with S3's own keys. AWS gives
/// both to new buckets since 2023; an account's own rules or another S3 may not. A bucket that was there before is left as it is.
/// </summary>
internal sealed class BucketProtection(Target target)
{
    /// <summary>A fresh bucket is not known everywhere at once, and takes one change at a time.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    public async Task Put(string bucket, CancellationToken cancellation)
    {
        var closed = new PutPublicAccessBlockRequest
        {
            BucketName = bucket,
            ExpectedBucketOwner = target.Account,
            PublicAccessBlockConfiguration = new()
            {
                BlockPublicAcls = true,
                IgnorePublicAcls = true,
                BlockPublicPolicy = true,
                RestrictPublicBuckets = true,
            },
        };
        var encrypted = new PutBucketEncryptionRequest
        {
            BucketName = bucket,
            ExpectedBucketOwner = target.Account,
            ServerSideEncryptionConfiguration = new()
            {
                ServerSideEncryptionRules =
                [
                    new() { ServerSideEncryptionByDefault = new() { ServerSideEncryptionAlgorithm = ServerSideEncryptionMethod.AES256 } },
                ],
            },
        };
        await Poll.Again(ct => target.Clients.S3.PutPublicAccessBlockAsync(closed, ct), IsFresh, longest, cancellation);
        await Poll.Again(ct => target.Clients.S3.PutBucketEncryptionAsync(encrypted, ct), IsFresh, longest, cancellation);
    }

    private static bool IsFresh(Exception e) => e is AmazonS3Exception { ErrorCode: "NoSuchBucket" or "OperationAborted" };
}
