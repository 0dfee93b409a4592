using ScarNet.Aws.Status;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Runs;

/// <summary>Waits until an engine has nothing left to do.</summary>
internal sealed class Quiescence(StatusClient engine, TimeProvider clock)
{
    /// <summary>
    /// Longest time one request waits: short enough that a stopped engine is noticed, and that a board with a rhythm of its own gets to
    /// show what it has passed over.
    /// </summary>
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Shortest time between two looks. An engine that answers at once, since something changes all the time, must not be asked
    /// without a pause.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="functions">Only these count; empty means all.</param>
    /// <param name="longest">Longest time to wait; null waits as long as it takes.</param>
    /// <param name="board">Is shown every change.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How it stands in the end, and whether everything came to rest in time.</returns>
    public async Task<(IReadOnlyList<FunctionCounts> Functions, bool AtRest)> Reach(
        IReadOnlyCollection<string> functions, TimeSpan? longest, IFunctionBoard board, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var status = await engine.Get(cancellation);
        while (true)
        {
            var counts = Count(status, functions);
            board.Show(counts);
            if (IsAtRest(status, counts, functions))
            {
                return (counts, true);
            }

            var left = longest - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return (counts, false);
            }

            await Task.Delay(Pause, clock, cancellation);
            status = await engine.Wait(status, left < OneRequest ? left.Value : OneRequest, cancellation);
        }
    }

    internal static bool IsAtRest(EngineStatus status, IReadOnlyList<FunctionCounts> counts, IReadOnlyCollection<string> functions) =>
        functions.Count == 0 ? status.Pending + status.Running == 0 : counts.All(f => f.Pending + f.Running == 0);

    private static List<FunctionCounts> Count(EngineStatus status, IReadOnlyCollection<string> functions) =>
        [.. status.Functions.Select(FunctionCounts.Of).Where(f => functions.Count == 0 || functions.Contains(f.Name))];
}
