using Amazon.Runtime;

namespace ScarNet.Cli.Transfers;

/// <summary>One file that did not arrive.</summary>
internal sealed record TransferFailure(string From, string To, Exception Reason)
{
    /// <summary>Whether a failure is about the one file, so that the others go on.</summary>
    public static bool Concerns(Exception e, CancellationToken cancellation) =>
        !cancellation.IsCancellationRequested
        && e is AmazonServiceException { ErrorCode: not ("NoSuchBucket" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken") }
            or IOException or TimeoutException or UnauthorizedAccessException or Core.ScarException;
}
