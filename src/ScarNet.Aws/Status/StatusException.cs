using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.Status;

/// <summary>The embedded engine refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class StatusException : AmazonServiceException
{
    public StatusException()
    {
    }

    public StatusException(string message)
        : base(message)
    {
    }

    public StatusException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public StatusException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
