using System.Net;
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

    public static TheoryData<Fault> EveryFault => [.. Enum.GetValues<Fault>()];

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
            Fault.Throttled when ReferenceEquals(call, hit) => ServiceErrors.Throttling(call),
            Fault.ServerError when ReferenceEquals(call, hit) => ServiceErrors.Of(call, HttpStatusCode.InternalServerError, "InternalError", "We failed"),
            Fault.Denied when IsHit(call) => ServiceErrors.Of(call, HttpStatusCode.Forbidden, "AccessDenied", "no"),
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
}
