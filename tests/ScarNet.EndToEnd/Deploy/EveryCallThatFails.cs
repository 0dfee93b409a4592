using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>
/// Each call of <c>init</c> and of <c>rm</c> on a pipeline of three functions (a zip, a job, an image in Lambda that EventBridge starts) fails in its turn, in each
/// way a call can fail. Afterwards either nothing of the run is left, or the command can be run again and ends as if nothing had happened.
/// </summary>
public sealed class EveryCallThatFails
{
    private static readonly FunctionDefinition[] Functions =
    [
        Pipelines.Inline(),
        Pipelines.Batch(),
        Pipelines.Inline("render") with { EventRoute = EventRoute.EventBridge, Image = "busybox", Retries = 0, ReservedConcurrency = 2, FailureDestination = "arn:aws:sqs:us-east-1:000000000000:failed" },
    ];

    [Theory]
    [MemberData(nameof(Injection.EveryFault), MemberType = typeof(Injection))]
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
    [MemberData(nameof(Injection.EveryFault), MemberType = typeof(Injection))]
    public async Task OfRmConverges(Fault fault)
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        using var deployment = new Deployment(engine) { Clock = new HourLater() };
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
            // Who may not list functions is told that the shared queue stays: others may use it.
            Assert.True(failure is null || fault is not (Fault.Throttled or Fault.ServerError), what);
            if (failure is not null || injection.Hit is { Changes: false })
            {
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
}
