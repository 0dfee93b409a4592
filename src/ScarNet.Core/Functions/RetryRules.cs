using System.Text.Json.Serialization;

namespace ScarNet.Core.Functions;

/// <summary>What follows a failed attempt of a job, by its exit code.</summary>
/// <param name="OnExit">Exit code, 1–255 → whether it is tried again.</param>
/// <param name="Otherwise">Whether any other exit code is. Default false.</param>
public sealed record RetryRules(IReadOnlyDictionary<int, bool> OnExit, bool Otherwise = false)
{
    /// <summary>Rules there is room for: Batch takes five, of which one is for a reclaimed machine and the last for all the rest.</summary>
    public const int MaxExceptions = AwsLimits.MaxRetryRules - 2;

    /// <summary>How often a job is tried when the function file does not say.</summary>
    public const int DefaultAttempts = 3;

    /// <summary>Whether Batch follows a failed attempt with another, as far as the exit code tells.</summary>
    /// <param name="retries">See <see cref="FunctionDefinition.Retries"/>.</param>
    /// <param name="rules">See <see cref="FunctionDefinition.RetryRules"/>.</param>
    /// <param name="attempt">Which has failed, from 1.</param>
    /// <param name="exitCode">What it ended with.</param>
    public static bool Follows(int? retries, RetryRules? rules, int attempt, int exitCode)
    {
        if (attempt >= (retries + 1 ?? DefaultAttempts))
        {
            return false;
        }

        return rules is not null && rules.OnExit.TryGetValue(exitCode, out var again) ? again
            : (exitCode == Jobs.ExitCodes.UploadFailed && (rules?.Exceptions.Count ?? 0) < MaxExceptions) || (rules?.Otherwise ?? retries is not null);
    }

    /// <summary>The exit codes that need a rule: of the others the last rule says the same.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> Exceptions => [.. OnExit.Where(pair => pair.Value != Otherwise).Select(pair => pair.Key).Order()];
}
