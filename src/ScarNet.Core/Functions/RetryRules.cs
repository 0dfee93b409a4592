namespace ScarNet.Core.Functions;

/// <summary>What follows a failed attempt of a job, by its exit code.</summary>
/// <param name="OnExit">Exit code, 1–255 → whether it is tried again.</param>
/// <param name="Otherwise">Whether any other exit code is. Default false.</param>
public sealed record RetryRules(IReadOnlyDictionary<int, bool> OnExit, bool Otherwise = false)
{
    /// <summary>Rules there is room for: Batch takes five, of which one is for a reclaimed machine and the last for all the rest.</summary>
    public const int MaxExceptions = AwsLimits.MaxRetryRules - 2;

    /// <summary>The exit codes that need a rule: of the others the last rule says the same.</summary>
    public IReadOnlyList<int> Exceptions => [.. OnExit.Where(pair => pair.Value != Otherwise).Select(pair => pair.Key).Order()];
}
