using ScarNet.Cli.Local;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Trials;

/// <summary>One shot on this machine.</summary>
/// <param name="Pipeline">What to try.</param>
/// <param name="Inputs">Files and directories.</param>
/// <param name="To">Directory for every output.</param>
/// <param name="Keep">Whether the engine's directory stays, to look at afterwards.</param>
/// <param name="Timeout">Longest time to wait for the results; null waits as long as it takes.</param>
/// <param name="Engine">How the engine is started.</param>
internal sealed record TrialRequest(
    Pipeline Pipeline, IReadOnlyList<string> Inputs, string To, bool Keep, TimeSpan? Timeout, EngineOptions Engine);
