using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Deploy;

/// <summary>Ends the jobs of functions that are taken away, or waits for them: one step for each queue that they are in.</summary>
internal sealed class JobRemoval(Target target, JobFate fate)
{
    private const int NamesToTell = 3;

    /// <summary>Longer than a job has between SIGTERM and its end (30 s, up to 2 min on Fargate), and than a busy queue takes to say so.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(10);

    /// <summary>A job may run for days; whoever waits may stop at any time.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromDays(14);

    /// <summary>Between two looks at the most, of five calls for each queue: whoever waits for hours need not know to the second.</summary>
    private static readonly TimeSpan drainPause = TimeSpan.FromSeconds(30);

    private readonly UnfinishedJobs jobs = new(target);

    /// <param name="queue">Name of a queue.</param>
    /// <param name="functions">Functions being taken away whose jobs may be there.</param>
    /// <param name="found">Those of their jobs that are.</param>
    /// <param name="after">What ends that they submit more.</param>
    public Step Plan(string queue, IReadOnlySet<string> functions, IReadOnlyList<UnfinishedJob> found, IReadOnlyList<Step> after) => new()
    {
        Kind = fate == JobFate.Drain ? StepKind.Update : StepKind.Delete,
        Resource = "jobs",
        Name = queue,
        Function = functions.Count == 1 ? functions.First() : null,
        Reason = Reason(functions, found),
        After = after,
        Action = (run, ct) => fate == JobFate.Drain ? Drain(queue, functions, run, ct) : End(queue, functions, ct),
    };

    /// <summary>How many, and what they do.</summary>
    public static string Count(IReadOnlyCollection<UnfinishedJob> found)
    {
        var (waiting, running) = (found.Count(job => job.Waits), found.Count(job => !job.Waits));
        return (waiting, running) switch
        {
            (0, _) => $"{Amount.Of(running, "job")} under way",
            (_, 0) => $"{Amount.Of(waiting, "job")} waiting",
            _ => $"{Amount.Of(waiting, "job")} waiting, {running} under way",
        };
    }

    private string Reason(IReadOnlySet<string> functions, IReadOnlyList<UnfinishedJob> found)
    {
        var whose = functions.Count <= NamesToTell
            ? string.Join(", ", functions.Order(StringComparer.Ordinal).Select(name => $"'{name}'"))
            : Amount.Of(functions.Count, "function");
        return (fate, found.Count) switch
        {
            (_, 0) => $"of {whose} none is there now; one that comes until then is {(fate == JobFate.Drain ? "waited for" : "cancelled")}",
            (JobFate.Drain, _) => $"of {whose}: {Count(found)}, waited for",
            _ => $"of {whose}: {Count(found)}, cancelled and terminated ('--drain' waits for them, '--keep-jobs' leaves them)",
        };
    }

    private async Task End(string queue, IReadOnlySet<string> functions, CancellationToken cancellation)
    {
        var terminated = new HashSet<string>();
        var cancelled = new HashSet<string>();
        await Poll.Until(
            async ct =>
            {
                var left = await Left(queue, functions, ct);
                var settled = await jobs.Cancelled(left.Where(job => job.Status == "PENDING" && cancelled.Contains(job.Id)).Select(job => job.Id), ct);
                left = [.. left.Where(job => !settled.Contains(job.Id))];
                await Several.Select(left, async job =>
                {
                    // One that began after it was to be cancelled has to be terminated.
                    await (job.Waits ? Once(cancelled, job, Cancel, ct) : Once(terminated, job, Terminate, ct));
                    return true;
                });
                return left;
            },
            left => left.Count == 0,
            LongestEnd,
            $"ending jobs in queue '{queue}'",
            cancellation);
    }

    private async Task Drain(string queue, IReadOnlySet<string> functions, StepRun run, CancellationToken cancellation)
    {
        string? said = null;
        await Poll.Until(
            ct => Left(queue, functions, ct),
            left =>
            {
                if (left.Count > 0 && Count(left) is var now && now != said)
                {
                    run.Say(said = now);
                }

                return left.Count == 0;
            },
            LongestDrain,
            $"waiting for jobs in queue '{queue}'",
            cancellation,
            drainPause);
    }

    private async Task<IReadOnlyList<UnfinishedJob>> Left(string queue, IReadOnlySet<string> functions, CancellationToken cancellation) =>
        [.. (await jobs.In(queue, cancellation)).Where(job => job.Function is not null && functions.Contains(job.Function))];

    // Done again after a failure, not at each look.
    private static async Task Once(HashSet<string> done, UnfinishedJob job, Func<UnfinishedJob, CancellationToken, Task> end, CancellationToken cancellation)
    {
        lock (done)
        {
            if (done.Contains(job.Id))
            {
                return;
            }
        }

        try
        {
            await end(job, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ClientException")
        {
            return; // it has ended in the meantime, or the next look finds it again
        }

        lock (done)
        {
            done.Add(job.Id);
        }
    }

    private Task Cancel(UnfinishedJob job, CancellationToken cancellation) =>
        target.Clients.Batch.CancelJobAsync(new CancelJobRequest { JobId = job.Id, Reason = Because(job) }, cancellation);

    private Task Terminate(UnfinishedJob job, CancellationToken cancellation) =>
        target.Clients.Batch.TerminateJobAsync(new TerminateJobRequest { JobId = job.Id, Reason = Because(job) }, cancellation);

    private static string Because(UnfinishedJob job) => $"scarnet rm: function '{job.Function}' is taken away";
}
