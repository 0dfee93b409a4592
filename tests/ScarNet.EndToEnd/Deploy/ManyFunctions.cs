using System.Globalization;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>Two hundred functions in one file, before a service that answers only so many calls a second.</summary>
public sealed class ManyFunctions(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const int Functions = 200;

    /// <summary>Calls that a function costs when it is made, when there is nothing to do, and when it is taken away.</summary>
    private const int ToMake = 16, ToCompare = 6, ToRemove = 18;

    [Fact]
    public async Task ComeAndGoInsideAServicesLimits()
    {
        using var deployment = new Deployment(engine, manyCalls: true);
        var limit = new CallRate();
        deployment.Recorder.Answer = limit.Throttle;
        var functions = Enumerable.Range(0, Functions).Select(Function).ToArray();

        var made = await deployment.PlanAndInit(functions);
        var toMake = Used(deployment, limit);
        var again = await deployment.Plan(functions);
        var toCompare = Used(deployment, limit);
        await deployment.Remove(deleteBuckets: false, functions);
        var toRemove = Used(deployment, limit);

        Assert.Equal(Functions, made.Steps.Count(step => step.Resource == "function"));
        Assert.True(again.IsEmpty);
        Assert.True(limit.ThrottledInAll > 0, "nothing was throttled");
        TestContext.Current.SendDiagnosticMessage($"calls a function: {toMake:0.0} to make, {toCompare:0.0} to compare, {toRemove:0.0} to remove; {limit.ThrottledInAll} throttled");
        Assert.InRange(toMake, 1, ToMake);
        Assert.InRange(toCompare, 1, ToCompare);
        Assert.InRange(toRemove, 1, ToRemove);
        Assert.DoesNotContain(await deployment.WhatIsThere(), thing => thing.Contains("many-", StringComparison.Ordinal) && !thing.StartsWith("bucket", StringComparison.Ordinal));
    }

    // Half of them jobs, a tenth started by EventBridge; fifty to a bucket, since S3 takes a hundred notifications for one.
    private static FunctionDefinition Function(int i)
    {
        var function = i % 2 == 0 ? Pipelines.Inline($"many-{i:000}") : Pipelines.Batch($"many-{i:000}");
        return function with
        {
            EventRoute = i % 10 == 7 ? EventRoute.EventBridge : EventRoute.S3,
            Triggers = [new Trigger($"many-in-{i / 50}", $"{i}/")],
            Outputs = [new OutputRule($"many-out-{i / 50}", $"{i}/")],
        };
    }

    /// <summary>Calls that were let through since the last time, for each function.</summary>
    private static double Used(Deployment deployment, CallRate limit)
    {
        var used = (double)(deployment.Recorder.Calls.Count - limit.Throttled) / Functions;
        deployment.Recorder.Forget();
        limit.Forget();
        return used;
    }

    /// <summary>Lets so many calls of a service through in each span of time, and throttles the others in that service's words.</summary>
    private sealed class CallRate
    {
        private const int Calls = 10;

        // A tenth of a second stands for a second: ten times as many calls, and everything else as it is. SCARNET_TEST_CALL_SPAN=1000 makes it a second.
        private static readonly TimeSpan span = TimeSpan.FromMilliseconds(
            int.Parse(Environment.GetEnvironmentVariable("SCARNET_TEST_CALL_SPAN") ?? "100", CultureInfo.InvariantCulture));

        private readonly Dictionary<(string Service, long Span), int> seen = [];
        private int throttled;
        private int forgotten;

        public int ThrottledInAll => throttled;

        public int Throttled => throttled - forgotten;

        public void Forget() => forgotten = throttled;

        public HttpResponseMessage? Throttle(RecordedCall call)
        {
            lock (seen)
            {
                var key = (call.Service, Environment.TickCount64 / (long)span.TotalMilliseconds);
                seen[key] = seen.GetValueOrDefault(key) + 1;
                if (seen[key] <= Calls)
                {
                    return null;
                }

                throttled++;
            }

            return ServiceErrors.Throttling(call);
        }
    }
}
