using System.Net;
using Amazon.Runtime;

namespace ScarNet.Aws.Http;

/// <summary>Makes a service's own exception of the error that it answered with, as the constructors of the SDK's exceptions take it.</summary>
internal delegate AmazonServiceException ServiceError(
    string message, Exception? inner, ErrorType type, string code, string request, HttpStatusCode status);
