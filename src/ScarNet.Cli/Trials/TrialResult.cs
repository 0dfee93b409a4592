using ScarNet.Cli.Output;
using ScarNet.Cli.Transfers;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Trials;

/// <summary>What came of a trial.</summary>
/// <param name="Runs">Every invocation, by function and input.</param>
/// <param name="Functions">How far each function came.</param>
/// <param name="AtRest">Whether everything ended in time.</param>
/// <param name="Stuck">What never starts, and why the wait ended without it.</param>
/// <param name="NotGotten">Outputs that could not become files.</param>
/// <param name="Logs">Last lines of the runs that failed, by invocation id.</param>
internal sealed record TrialResult(
    IReadOnlyList<RunRecord> Runs,
    IReadOnlyList<FunctionCounts> Functions,
    bool AtRest,
    IReadOnlyList<StuckWork> Stuck,
    IReadOnlyList<TransferFailure> NotGotten,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Logs)
{
    /// <summary>Invocations that failed: also those that ended before they could say why.</summary>
    public int Failed => Math.Max(Runs.Count(run => run.Status == RunStatus.Failed), Functions.Sum(f => f.Failed));

    public bool Succeeded => AtRest && Failed == 0 && NotGotten.Count == 0;
}
