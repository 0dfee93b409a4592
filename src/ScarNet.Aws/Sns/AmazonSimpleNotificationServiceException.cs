using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.Sns;

/// <summary>SNS refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonSimpleNotificationServiceException : AmazonServiceException
{
    public AmazonSimpleNotificationServiceException()
    {
    }

    public AmazonSimpleNotificationServiceException(string message)
        : base(message)
    {
    }

    public AmazonSimpleNotificationServiceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonSimpleNotificationServiceException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
