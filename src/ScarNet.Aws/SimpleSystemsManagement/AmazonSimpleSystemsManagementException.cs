using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.SimpleSystemsManagement;

/// <summary>Systems Manager refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonSimpleSystemsManagementException : AmazonServiceException
{
    public AmazonSimpleSystemsManagementException()
    {
    }

    public AmazonSimpleSystemsManagementException(string message)
        : base(message)
    {
    }

    public AmazonSimpleSystemsManagementException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonSimpleSystemsManagementException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
