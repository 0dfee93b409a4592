using System.Net;
using System.Text;
using Amazon.Runtime;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

public sealed class InitThatFails(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task AtAnyCallUndoesWhatItMadeAndSucceedsTheNextTime()
    {
        using var deployment = new Deployment(engine);
        var functions = new[] { Pipelines.Inline(), Pipelines.Batch() };
        var before = await deployment.WhatIsThere();

        var failedAt = 0;
        for (var succeeded = false; !succeeded; failedAt++)
        {
            deployment.Recorder.Answer = FailAt(failedAt);
            succeeded = await Record.ExceptionAsync(() => deployment.Init(functions)) is not { } failure;
            deployment.Recorder.Answer = _ => null;
            Assert.Equal(succeeded ? [] : before, succeeded ? [] : await deployment.WhatIsThere());
        }

        Assert.True(failedAt > 15, $"only {failedAt} calls failed");
        Assert.True((await deployment.Plan(functions)).IsEmpty);
    }

    [Fact]
    public async Task SaysWhatAwsSaid()
    {
        using var deployment = new Deployment(engine);
        deployment.Recorder.Answer = call =>
            call is { Service: "lambda", Changes: true } ? Refusal() : null;

        var failure = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => deployment.Init(Pipelines.Inline("refused")));

        Assert.Equal(("AccessDeniedException", "no"), (failure.ErrorCode, failure.Message));
    }

    /// <summary>The n-th change from now fails, once; reads and all others go through.</summary>
    private static Func<RecordedCall, HttpResponseMessage?> FailAt(int n)
    {
        var seen = 0;
        return call => call.Changes && Interlocked.Increment(ref seen) == n + 1 ? Refusal() : null;
    }

    private static HttpResponseMessage Refusal()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Forbidden)
        {
            Content = new StringContent("""{"message":"no"}""", Encoding.UTF8, "application/json"),
        };
        answer.Headers.Add("x-amzn-ErrorType", "AccessDeniedException");
        return answer;
    }
}
