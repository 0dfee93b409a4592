using System.Runtime.CompilerServices;

namespace ScarNet.Cli.Logs;

/// <summary>All that a function said, in Lambda and in Batch alike, in the order of time.</summary>
internal sealed class FunctionLog(LogPages pages, TimeProvider clock)
{
    private const string BatchGroup = "/aws/batch/job";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How late a line may turn up and still be shown by <see cref="Follow"/>.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(10);

    /// <summary>What to read of a function.</summary>
    public static IReadOnlyList<LogQuery> Queries(string function, DateTimeOffset? from) =>
    [
        new LogQuery($"/aws/lambda/{function}", null, null, from, null),
        new LogQuery(BatchGroup, $"scarnet-{function}/", null, from, null),
    ];

    public IAsyncEnumerable<LogLine> Read(IReadOnlyList<LogQuery> queries, CancellationToken cancellation) =>
        LogPages.Merge([.. queries.Select(query => pages.Read(query, cancellation))], cancellation);

    /// <summary>The same, and then what is added, until cancelled.</summary>
    public async IAsyncEnumerable<LogLine> Follow(IReadOnlyList<LogQuery> queries, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var shown = new Dictionary<string, DateTimeOffset>();
        var latest = DateTimeOffset.MinValue;
        while (true)
        {
            await foreach (var line in Read(queries, cancellation))
            {
                if (shown.TryAdd($"{line.Stream}\n{line.Id}", line.Time))
                {
                    latest = line.Time > latest ? line.Time : latest;
                    yield return line;
                }
            }

            if (latest > DateTimeOffset.MinValue)
            {
                var from = latest - Lateness;
                queries = [.. queries.Select(query => query with { From = from > (query.From ?? from) ? from : query.From ?? from })];
                shown.Where(seen => seen.Value < from).ToList().ForEach(seen => shown.Remove(seen.Key));
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
