using System.Net;
using System.Text;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>
/// Each call of <c>init</c> and of <c>rm</c> on a pipeline of three functions (a zip, a job, an image in Lambda) fails in its turn, in each
/// way a call can fail. Afterwards either nothing of the run is left, or the command can be run again and ends as if nothing had happened.
/// </summary>
public sealed class EveryCallThatFails
{
    private static readonly FunctionDefinition[] Functions =
    [
        Pipelines.Inline(),
        Pipelines.Batch(),
        Pipelines.Inline("render") with { Image = "busybox", Retries = 0, ReservedConcurrency = 2, FailureDestination = "arn:aws:sqs:us-east-1:000000000000:failed" },
    ];

    public enum Fault
    {
        /// <summary>Throttled, once.</summary>
        Throttled,

        /// <summary>An error of the service's own, once.</summary>
        ServerError,

        /// <summary>Refused, as often as it is tried.</summary>
        Denied,

        /// <summary>Carried out, but the answer is lost, once.</summary>
        AnswerLost,

        /// <summary>Carried out, and no answer ever comes.</summary>
        NeverAnswered,

        /// <summary>Carried out, and then the process is gone.</summary>
        Killed,
    }

    [Theory]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Denied)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.NeverAnswered)]
    [InlineData(Fault.Killed)]
    public async Task OfInitLeavesNothingOrConverges(Fault fault)
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        using var deployment = new Deployment(engine);
        var empty = await deployment.State();
        await deployment.Init(Functions);
        var clean = await deployment.State();
        await Clear(deployment);
        Assert.Equal(empty, await deployment.State());

        var calls = 0;
        for (var over = false; !over; calls++)
        {
            var injection = new Injection(fault, calls);
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Init(Functions));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            var state = await deployment.State();
            var what = $"{fault} at call {calls} ({injection.Hit}): {failure?.Message}";
            if (failure is null)
            {
                AssertSame(clean, state, what);
            }
            else
            {
                Assert.True(fault is not (Fault.Throttled or Fault.ServerError), what);
                // Who may not look cannot take away what he has to look at first: it is told what is left.
                var told = failure.Message.Contains("could not all be taken away again: ", StringComparison.Ordinal);
                if (fault != Fault.Killed && !(told && injection.Hit is { Changes: false }))
                {
                    AssertSame(empty, state, what);
                }

                await deployment.Init(Functions);
                AssertSame(clean, await deployment.State(), what + "; and then again");
            }

            await Clear(deployment);
        }

        Assert.True(calls > 30, $"only {calls} calls failed");
    }

    [Theory]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Denied)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.NeverAnswered)]
    [InlineData(Fault.Killed)]
    public async Task OfRmConverges(Fault fault)
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        using var deployment = new Deployment(engine);
        await deployment.Init(Functions);
        await deployment.Remove(false, Functions);
        var clean = await deployment.State();

        var calls = 0;
        for (var over = false; !over; calls++)
        {
            await deployment.Init(Functions);
            var injection = new Injection(fault, calls);
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Remove(false, Functions));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            var what = $"{fault} at call {calls} ({injection.Hit}): {failure?.Message}";
            if (failure is not null)
            {
                Assert.True(fault is not (Fault.Throttled or Fault.ServerError), what);
                await deployment.Remove(false, Functions);
            }

            AssertSame(clean, await deployment.State(), what);
        }

        Assert.True(calls > 10, $"only {calls} calls failed");
    }

    private static void AssertSame(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string what) => Assert.True(
        expected.SequenceEqual(actual),
        $"{what}\nmissing:\n{string.Join('\n', expected.Except(actual))}\ntoo much:\n{string.Join('\n', actual.Except(expected))}");

    private static async Task Clear(Deployment deployment)
    {
        await deployment.Remove(true, Functions);
        await deployment.RemoveShared();
    }

    /// <summary>A fault that strikes the n-th call: of those that ask for a change, where it can only matter there.</summary>
    private sealed class Injection(Fault fault, int n)
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

            if (hit is null && (call.Changes || fault == Fault.Denied) && Interlocked.Increment(ref seen) == n + 1)
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
}
