using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace ScarNet.Aws.Http;

/// <summary>Turns an HTTP answer into a response, and an error into the service's exception.</summary>
internal sealed class AnswerReader<TResponse>(
    Func<AnswerBody, TResponse> read,
    ServiceError error,
    Func<Stream, ErrorResponse?>? errorIn)
    : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = read(new AnswerBody(input));
        response.ResponseMetadata ??= new ResponseMetadata();
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var read = ReadError(input, statusCode);
        return error(read.Message, innerException, read.Type, read.Code, read.RequestId, statusCode);
    }

    private ErrorResponse ReadError(JsonUnmarshallerContext input, HttpStatusCode status)
    {
        var read = errorIn is null ? InJson(input) : errorIn(input.Stream) ?? new ErrorResponse();
        if (string.IsNullOrEmpty(read.Code))
        {
            // A proxy, or another server than was meant, answers in HTML: the status is all there is to say.
            read.Code = status.ToString();
            read.Message = $"the server answered {(int)status} {status} without an error that AWS would send";
        }

        return read;
    }

    private static ErrorResponse InJson(JsonUnmarshallerContext input)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        return JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
    }
}
