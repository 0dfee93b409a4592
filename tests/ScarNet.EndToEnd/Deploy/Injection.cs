using System.Net;
using System.Text;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>A fault that strikes the n-th call: of those that ask for a change, where it can only matter there.</summary>
/// <param name="fault">What happens.</param>
/// <param name="n">From 0.</param>
/// <param name="among">Which calls are counted; null is all.</param>
internal sealed class Injection(Fault fault, int n, Func<RecordedCall, bool>? among = null)
{
    private int seen;
    private volatile RecordedCall? hit;

    /// <summary>The call that it struck; null when there were not so many.</summary>
    public RecordedCall? Hit => hit;

    public static void OutOf(Recorder recorder)
    {
        recorder.Answer = _ => null;
        recorder.Lose = _ => false;
    }

    public void Into(Recorder recorder)
    {
        recorder.Answer = Answer;
        recorder.Lose = Strikes;
    }

    private HttpResponseMessage? Answer(RecordedCall call)
    {
        if (fault == Fault.Killed && hit is not null)
        {
            throw Gone(); // a process that is gone calls nothing any more
        }

        if (hit is null && (among is null || among(call)) && (call.Changes || fault == Fault.Denied) && Interlocked.Increment(ref seen) == n + 1)
        {
            hit = call;
        }

        return fault switch
        {
            Fault.Throttled when ReferenceEquals(call, hit) => Throttling(call),
            Fault.ServerError when ReferenceEquals(call, hit) => Error(call, HttpStatusCode.InternalServerError, "InternalError", "We failed"),
            Fault.Denied when IsHit(call) => Error(call, HttpStatusCode.Forbidden, "AccessDenied", "no"),
            _ => null,
        };
    }

    private bool Strikes(RecordedCall call) => fault switch
    {
        Fault.AnswerLost => ReferenceEquals(call, hit),
        Fault.NeverAnswered => IsHit(call),
        Fault.Killed => ReferenceEquals(call, hit) ? throw Gone() : false,
        _ => false,
    };

    // The same request once more.
    private bool IsHit(RecordedCall call) =>
        hit is { } first && (call.Service, call.Method, call.Uri) == (first.Service, first.Method, first.Uri) && call.Body.AsSpan().SequenceEqual(first.Body);

    // Of no kind that the SDK tries again.
    private static InvalidOperationException Gone() => new("the process is gone");

    private static HttpResponseMessage Throttling(RecordedCall call) => call.Service switch
    {
        "s3" => Error(call, HttpStatusCode.ServiceUnavailable, "SlowDown", "Please reduce your request rate."),
        "iam" => Error(call, HttpStatusCode.BadRequest, "Throttling", "Rate exceeded"),
        "logs" => Error(call, HttpStatusCode.BadRequest, "ThrottlingException", "Rate exceeded"),
        _ => Error(call, HttpStatusCode.TooManyRequests, "TooManyRequestsException", "Rate exceeded"),
    };

    // As the protocol of each service has it.
    private static HttpResponseMessage Error(RecordedCall call, HttpStatusCode status, string code, string message)
    {
        var (type, body) = call.Service switch
        {
            "s3" => ("application/xml", $"<Error><Code>{code}</Code><Message>{message}</Message></Error>"),
            "iam" => ("text/xml", $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"),
            _ => ("application/json", $$"""{"__type":"{{code}}","message":"{{message}}"}"""),
        };
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        answer.Headers.Add("x-amzn-ErrorType", code);
        return answer;
    }
}
