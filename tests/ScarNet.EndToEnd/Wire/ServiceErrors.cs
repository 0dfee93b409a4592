using System.Net;
using System.Text;

namespace ScarNet.EndToEnd.Wire;

/// <summary>Errors that a service could have answered with.</summary>
internal static class ServiceErrors
{
    public static HttpResponseMessage Throttling(RecordedCall call) => call.Service switch
    {
        "s3" => Of(call, HttpStatusCode.ServiceUnavailable, "SlowDown", "Please reduce your request rate."),
        "iam" => Of(call, HttpStatusCode.BadRequest, "Throttling", "Rate exceeded"),
        "ec2" => Of(call, HttpStatusCode.ServiceUnavailable, "RequestLimitExceeded", "Request limit exceeded."),
        "logs" => Of(call, HttpStatusCode.BadRequest, "ThrottlingException", "Rate exceeded"),
        _ => Of(call, HttpStatusCode.TooManyRequests, "TooManyRequestsException", "Rate exceeded"),
    };

    /// <summary>As the protocol of each service has it.</summary>
    public static HttpResponseMessage Of(RecordedCall call, HttpStatusCode status, string code, string message)
    {
        var (type, body) = call.Service switch
        {
            "s3" => ("application/xml", $"<Error><Code>{code}</Code><Message>{message}</Message></Error>"),
            "iam" => ("text/xml", $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"),
            "ec2" => ("text/xml", $"<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>1</RequestID></Response>"),
            _ => ("application/json", $$"""{"__type":"{{code}}","message":"{{message}}"}"""),
        };
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        answer.Headers.Add("x-amzn-ErrorType", code);
        return answer;
    }
}
