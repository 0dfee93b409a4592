namespace ScarNet.Cli.Output;

/// <summary>How things stood when a wait ended. Done: everything came to rest in time. Stuck: jobs that never start, for which it did not wait.</summary>
internal sealed record WaitAnswer(
    bool Done, int Pending, int Running, int Succeeded, int Failed, IReadOnlyList<FunctionCounts> Functions, IReadOnlyList<StuckWork> Stuck);
