using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>Which attempts of a job are followed by another one. When no rule matches, Batch tries again: so the last one matches all.</summary>
internal static class RetryRules
{
    private const int DefaultAttempts = 3;

    /// <param name="retries">How often any failure is tried again; null tries again only what is nobody's fault.</param>
    public static RetryStrategy For(int? retries) => new()
    {
        Attempts = retries is { } again ? again + 1 : DefaultAttempts,
        EvaluateOnExit =
        [
            // A reclaimed spot instance.
            new() { OnStatusReason = "Host EC2*", Action = "RETRY" },
            new() { OnStatusReason = "Task failed to start*", Action = "RETRY" },
            new() { OnReason = "CannotPullContainerError*", Action = "EXIT" },
            new() { OnExitCode = ExitCodes.UploadFailed.ToString(), Action = "RETRY" },
            new() { OnReason = "*", Action = retries is null ? "EXIT" : "RETRY" },
        ],
    };
}
