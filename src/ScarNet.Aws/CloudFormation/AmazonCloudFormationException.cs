using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.CloudFormation;

/// <summary>CloudFormation refused or failed a call. Its <see cref="AmazonServiceException.ErrorCode"/> says why.</summary>
public sealed class AmazonCloudFormationException : AmazonServiceException
{
    public AmazonCloudFormationException()
    {
    }

    public AmazonCloudFormationException(string message)
        : base(message)
    {
    }

    public AmazonCloudFormationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonCloudFormationException(
        string message, Exception? innerException, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
