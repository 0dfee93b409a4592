using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.SecretsManager;

/// <summary>Secrets Manager refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonSecretsManagerException : AmazonServiceException
{
    public AmazonSecretsManagerException()
    {
    }

    public AmazonSecretsManagerException(string message)
        : base(message)
    {
    }

    public AmazonSecretsManagerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonSecretsManagerException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
