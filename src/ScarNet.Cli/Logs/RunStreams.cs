using ScarNet.Aws.Batch;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Logs;

/// <summary>Where one run's words are. A supervisor in a Batch job does not know its stream: Batch does, for as long as it remembers the job.</summary>
internal sealed class RunStreams(AmazonBatchClient batch)
{
    /// <summary>What to read of a run: its streams, from its start to its end.</summary>
    /// <returns>Null when nobody knows which streams are its.</returns>
    public async Task<LogQuery?> Query(RunRecord run, CancellationToken cancellation)
    {
        if (run.LogGroup is not { } group)
        {
            return null;
        }

        var streams = run.LogStream is { } known ? [known] : await OfJob(run, cancellation);
        return streams.Count == 0 ? null : new LogQuery(group, null, streams, run.Started.AddMilliseconds(-1), run.Ended.AddSeconds(1));
    }

    /// <inheritdoc cref="Query"/>
    /// <exception cref="ScarException">Nobody knows.</exception>
    public async Task<LogQuery> RequiredQuery(RunRecord run, CancellationToken cancellation) =>
        await Query(run, cancellation) ?? throw new ScarException(
            $"nobody knows any more in which log the run '{run.InvocationId}' is: Batch forgets jobs some days after their end",
            $"'scarnet log -n {run.Function}' prints what all runs said");

    private async Task<IReadOnlyList<string>> OfJob(RunRecord run, CancellationToken cancellation)
    {
        var answer = await batch.DescribeJobsAsync(new DescribeJobsRequest { Jobs = [run.RequestId] }, cancellation);
        return answer.Jobs is [var job, ..] ? Of(job, run.Attempt) : [];
    }

    /// <summary>The streams of one attempt: one, or those of all its containers. The last attempt's when there is no such one.</summary>
    internal static IReadOnlyList<string> Of(JobDetail job, int number)
    {
        var attempts = job.Attempts ?? [];
        var attempt = number > 0 && number <= attempts.Count ? attempts[number - 1] : null;
        var single = attempt is null ? job.Container?.LogStreamName : attempt.Container?.LogStreamName;
        var several = ((attempt ?? attempts.LastOrDefault())?.TaskProperties ?? []).SelectMany(task => task.Containers ?? []);
        return [.. several.Select(container => container.LogStreamName).Append(single).OfType<string>().Where(stream => stream.Length > 0).Distinct()];
    }
}
