using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.Ecr;

/// <summary>Amazon ECR refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonECRException : AmazonServiceException
{
    public AmazonECRException()
    {
    }

    public AmazonECRException(string message)
        : base(message)
    {
    }

    public AmazonECRException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonECRException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
