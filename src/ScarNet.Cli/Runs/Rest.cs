using ScarNet.Cli.Output;

namespace ScarNet.Cli.Runs;

/// <summary>How things stood when a wait ended.</summary>
/// <param name="Functions">How far each function is.</param>
/// <param name="AtRest">Whether everything came to rest in time.</param>
/// <param name="Stuck">What never starts, where nothing else is left; empty otherwise.</param>
internal sealed record Rest(IReadOnlyList<FunctionCounts> Functions, bool AtRest, IReadOnlyList<StuckWork> Stuck);
