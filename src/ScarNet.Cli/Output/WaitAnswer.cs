namespace ScarNet.Cli.Output;

/// <summary>How things stood when a wait ended. Done: everything came to rest in time.</summary>
internal sealed record WaitAnswer(bool Done, int Pending, int Running, int Succeeded, int Failed, IReadOnlyList<FunctionCounts> Functions);
