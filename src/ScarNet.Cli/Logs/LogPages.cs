using System.Runtime.CompilerServices;
using ScarNet.Aws.Logs;
using ScarNet.Aws.Logs.Model;

namespace ScarNet.Cli.Logs;

/// <summary>Reads log groups page by page, so that a log of any length takes no more memory than a page.</summary>
internal sealed class LogPages(AmazonCloudWatchLogsClient logs)
{
    /// <summary>The lines in the order of their time. A group that does not exist (nothing has run yet) is empty.</summary>
    public async IAsyncEnumerable<LogLine> Read(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new FilterLogEventsRequest
        {
            LogGroupName = query.Group,
            LogStreamNamePrefix = query.StreamPrefix,
            LogStreamNames = query.Streams is null ? null : [.. query.Streams],
            StartTime = query.From?.ToUnixTimeMilliseconds(),
            EndTime = query.To?.ToUnixTimeMilliseconds(),
        };
        do
        {
            var page = await Page(request, cancellation);
            foreach (var e in page.Events ?? [])
            {
                yield return new LogLine(
                    DateTimeOffset.FromUnixTimeMilliseconds(e.Timestamp ?? 0),
                    query.Group,
                    e.LogStreamName ?? "",
                    (e.Message ?? "").TrimEnd('\n', '\r'),
                    e.EventId ?? "");
            }

            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }

    /// <summary>Several readings as one, in the order of time.</summary>
    public static async IAsyncEnumerable<LogLine> Merge(
        IReadOnlyList<IAsyncEnumerable<LogLine>> readings, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var heads = new PriorityQueue<IAsyncEnumerator<LogLine>, (DateTimeOffset Time, int Reading)>();
        var all = readings.Select(reading => reading.GetAsyncEnumerator(cancellation)).ToList();
        try
        {
            for (var i = 0; i < all.Count; i++)
            {
                await Advance(all[i], i);
            }

            while (heads.TryDequeue(out var head, out var order))
            {
                yield return head.Current;
                await Advance(head, order.Reading);
            }
        }
        finally
        {
            foreach (var reading in all)
            {
                await reading.DisposeAsync();
            }
        }

        async Task Advance(IAsyncEnumerator<LogLine> head, int reading)
        {
            if (await head.MoveNextAsync())
            {
                heads.Enqueue(head, (head.Current.Time, reading));
            }
        }
    }

    private async Task<FilterLogEventsResponse> Page(FilterLogEventsRequest request, CancellationToken cancellation)
    {
        try
        {
            return await logs.FilterLogEventsAsync(request, cancellation);
        }
        catch (AmazonCloudWatchLogsException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return new FilterLogEventsResponse();
        }
    }
}
