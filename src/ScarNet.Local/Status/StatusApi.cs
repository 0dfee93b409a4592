using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Batch;
using ScarNet.Local.Http;
using ScarNet.Local.Lambda;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Status;

/// <summary>The engine's own API: status, long poll for its change, stop.</summary>
internal sealed class StatusApi(EngineContext context, LambdaCounts lambda, Activity activity)
{
    private const int ShownFailures = 20;
    private const int ShownStuck = 3;
    private const int LongestWaitSeconds = 60;

    /// <summary>At least this long between two answers of one poller, so that a busy engine is not kept busy by being looked at.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(50);

    public Task Handle(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<RequestTarget>();
        return (http.Request.Method, target.RawPath) switch
        {
            ("GET", "/_scarnet/status") => Answer(http, Read()),
            ("GET", "/_scarnet/wait") => Wait(http, target.Query["timeout"], target.Query["since"]),
            ("POST", "/_scarnet/stop") => Stop(http),
            _ => throw new ApiException(404, "NoSuchOperation", $"The engine has no {http.Request.Method} {target.RawPath}; it has status, wait and stop."),
        };
    }

    private static Task Answer(HttpContext http, StatusSnapshot status) =>
        JsonOutput.Write(http, StatusCodes.Status200OK, status.ToJson(), JsonOutput.Rest);

    // What has changed since the mark that the client has seen is answered at once: it may have changed between two of its requests.
    private async Task Wait(HttpContext http, string? timeout, string? since)
    {
        var seconds = int.TryParse(timeout ?? "20", NumberStyles.None, null, out var number) && number <= LongestWaitSeconds
            ? number
            : throw new ApiException(400, "InvalidParameter", $"'timeout' must be 0 to {LongestWaitSeconds} seconds, not '{timeout}'");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
        var status = Read();
        since ??= status.Mark;
        try
        {
            while (!status.Idle && status.Mark == since)
            {
                var next = activity.Next();
                status = Read(); // what changed before Next was called
                if (status.Idle || status.Mark != since)
                {
                    break;
                }

                await next.WaitAsync(deadline.Token);
                await Task.Delay(Settle, deadline.Token);
                status = Read();
            }
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            status = Read();
        }

        await Answer(http, status);
    }

    private async Task Stop(HttpContext http)
    {
        await Answer(http, Read());
        await http.Response.CompleteAsync();
        context.RequestStop();
    }

    /// <summary>
    /// One transaction reads queue and jobs, so that nothing can slip from the one to the other unseen; synchronous invocations, which
    /// are in memory only, must not have become more meanwhile.
    /// </summary>
    private StatusSnapshot Read()
    {
        while (true)
        {
            var begun = lambda.SynchronousBegun;
            var synchronous = lambda.SynchronousRunning();
            var snapshot = context.Database.Read(db =>
            {
                using var transaction = db.BeginTransaction(deferred: true);
                return new StatusSnapshot(
                    context.Endpoint.GetLeftPart(UriPartial.Authority),
                    Environment.ProcessId,
                    context.Directory.Path,
                    StatusSnapshot.Functions(lambda.Functions(), lambda.Asynchronous(db), synchronous, Outcomes.Counts(db), JobCounts.Read(db)),
                    Outcomes.LastFailures(db, ShownFailures),
                    StuckJobs.Read(db, ShownStuck));
            });
            if (begun == lambda.SynchronousBegun)
            {
                return snapshot;
            }
        }
    }
}
