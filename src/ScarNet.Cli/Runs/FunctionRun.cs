using ScarNet.Core.Functions;

namespace ScarNet.Cli.Runs;

/// <summary>A function that <c>scarnet run</c> is to start.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Triggers">What it works on; none for a function that comes after others over their files.</param>
/// <param name="After">Functions it waits for.</param>
/// <param name="Batches">Its jobs; null when each object becomes an invocation.</param>
internal sealed record FunctionRun(string Name, IReadOnlyList<Trigger> Triggers, IReadOnlyList<string> After, JobBatches? Batches);
