using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.Batch;

/// <summary>AWS Batch refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonBatchException : AmazonServiceException
{
    public AmazonBatchException()
    {
    }

    public AmazonBatchException(string message)
        : base(message)
    {
    }

    public AmazonBatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonBatchException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
