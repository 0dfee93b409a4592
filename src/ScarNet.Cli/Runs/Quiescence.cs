using ScarNet.Aws.Status;
using ScarNet.Cli.Output;
using ScarNet.Core;

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
    /// <returns>How it stands in the end.</returns>
    /// <exception cref="ScarException">The engine has no such function.</exception>
    public async Task<Rest> Reach(
        IReadOnlyCollection<string> functions, TimeSpan? longest, IFunctionBoard board, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var status = await engine.Get(cancellation);
        Require(functions, status);
        while (true)
        {
            var counts = Count(status, functions);
            board.Show(counts);
            if (IsAtRest(status, counts, functions))
            {
                return new(counts, true, []);
            }

            if (Stuck(status, functions) is { Count: > 0 } stuck)
            {
                return new(counts, false, stuck);
            }

            var left = longest - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return new(counts, false, []);
            }

            await Task.Delay(Pause, clock, cancellation);
            status = await engine.Wait(status, left < OneRequest ? left.Value : OneRequest, cancellation);
        }
    }

    internal static bool IsAtRest(EngineStatus status, IReadOnlyList<FunctionCounts> counts, IReadOnlyCollection<string> functions) =>
        functions.Count == 0 ? status.Pending + status.Running == 0 : counts.All(f => f.Pending + f.Running == 0);

    /// <summary>
    /// What never starts, once nothing else can happen: what is left waits for these jobs, or is these jobs. Others that run are waited
    /// for, since what they bring is wanted all the same.
    /// </summary>
    /// <returns>Empty as long as something can; those of the functions, else those of others, for which theirs then wait.</returns>
    internal static IReadOnlyList<StuckWork> Stuck(EngineStatus status, IReadOnlyCollection<string> functions)
    {
        var all = Count(status, []);
        if (all.Sum(f => f.Stuck) == 0 || !all.All(f => f.Running == 0 && f.Pending == f.Stuck + f.Waiting))
        {
            return [];
        }

        var own = status.Stuck.Where(job => functions.Count == 0 || functions.Contains(job.Function)).ToList();
        return [.. (own.Count > 0 ? own : status.Stuck).Select(StuckWork.Of)];
    }

    private static void Require(IReadOnlyCollection<string> functions, EngineStatus status)
    {
        if (functions.Except(status.Functions.Select(f => f.Name)).ToList() is { Count: > 0 } missing)
        {
            throw new ScarException(
                $"the engine has no function {string.Join(" and no ", missing.Select(name => $"'{name}'"))}", "'scarnet ls --local' lists what is there, 'scarnet init' deploys");
        }
    }

    private static List<FunctionCounts> Count(EngineStatus status, IReadOnlyCollection<string> functions) =>
        [.. status.Functions.Select(FunctionCounts.Of).Where(f => functions.Count == 0 || functions.Contains(f.Name))];
}
