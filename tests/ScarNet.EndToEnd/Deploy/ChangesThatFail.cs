using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>
/// An <c>init</c> that changes what starts functions which are there, and fails at one of its calls. A function then is what it was, and it is started as it was:
/// by the same objects of the same buckets, and by no others.
/// </summary>
public sealed class ChangesThatFail
{
    private static readonly FunctionDefinition[] Before =
    [
        Inline("prefixed", EventRoute.S3, new Trigger("shared-in", "a/")),
        Inline("wandering", EventRoute.S3, new Trigger("wandering-a", "")),
        Inline("ruled", EventRoute.EventBridge, new Trigger("ruled-a", "")),
        Inline("to-rule", EventRoute.S3, new Trigger("to-rule-in", "")),
        Inline("to-s3", EventRoute.EventBridge, new Trigger("to-s3-in", "")),
    ];

    private static readonly FunctionDefinition[] After =
    [
        Inline("prefixed", EventRoute.S3, new Trigger("shared-in", "b/")),
        Inline("added", EventRoute.S3, new Trigger("shared-in", "c/")),
        Inline("wandering", EventRoute.S3, new Trigger("wandering-b", "")),
        Inline("ruled", EventRoute.EventBridge, new Trigger("ruled-b", "x/")),
        Inline("to-rule", EventRoute.EventBridge, new Trigger("to-rule-in", "")),
        Inline("to-s3", EventRoute.S3, new Trigger("to-s3-in", "")),
    ];

    [Theory]
    [InlineData(Fault.Denied, "s3 events lambda", 20)]
    [InlineData(Fault.NeverAnswered, "s3", 5)]
    public async Task LeaveFunctionsStartedAsTheyWere(Fault fault, string services, int least)
    {
        await using var engine = new EngineFixture();
        await engine.InitializeAsync();
        using var deployment = new Deployment(engine);
        foreach (var bucket in new[] { "wandering-b", "ruled-b" })
        {
            await deployment.Clients.S3.PutBucketAsync(bucket, TestContext.Current.CancellationToken);
        }

        await deployment.Init(Before);
        var clean = Starts(await deployment.State());

        var calls = 0;
        for (var over = false; !over; calls++)
        {
            // What has been updated of the functions themselves stays: only what comes after that is at stake.
            var injection = new Injection(fault, calls, call =>
                call.Changes && services.Contains(call.Service, StringComparison.Ordinal) && (call.Service != "lambda" || call.Uri.AbsolutePath.Contains("/policy", StringComparison.Ordinal)));
            injection.Into(deployment.Recorder);
            var failure = await Record.ExceptionAsync(() => deployment.Init(After));
            Injection.OutOf(deployment.Recorder);
            over = injection.Hit is null;
            Assert.True(!over || failure is null, failure?.ToString());
            if (failure is not null)
            {
                var now = Starts(await deployment.State());
                Assert.True(
                    clean.SequenceEqual(now),
                    $"{fault} at call {calls} ({injection.Hit}): {failure.Message}\nmissing:\n{string.Join('\n', clean.Except(now))}\ntoo much:\n{string.Join('\n', now.Except(clean))}");
            }

            await deployment.Init(Before);
            await deployment.Remove(false, After[1]);
        }

        Assert.True(calls > least, $"only {calls} calls failed");
    }

    /// <summary>What starts functions, and which version that is.</summary>
    private static List<string> Starts(IEnumerable<string> state) =>
    [
        .. state.Where(line => ((string[])["notification of ", "EventBridge of ", "rule ", "policy ", "live "]).Any(begin => line.StartsWith(begin, StringComparison.Ordinal))),
    ];

    private static FunctionDefinition Inline(string name, EventRoute route, Trigger trigger) =>
        Pipelines.Inline(name) with { EventRoute = route, Triggers = [trigger], Outputs = [new OutputRule("results", $"{name}/")] };
}
