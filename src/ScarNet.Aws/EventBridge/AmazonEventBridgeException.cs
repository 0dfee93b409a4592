using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge;

/// <summary>EventBridge refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonEventBridgeException : AmazonServiceException
{
    public AmazonEventBridgeException()
    {
    }

    public AmazonEventBridgeException(string message)
        : base(message)
    {
    }

    public AmazonEventBridgeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonEventBridgeException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
