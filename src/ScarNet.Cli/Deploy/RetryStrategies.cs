using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Which attempts of a job are followed by another one. When no rule matches, Batch tries again: so the last one matches all. Exit codes
/// are written out: a pattern such as '19*' would take 19 too.
/// </summary>
internal static class RetryStrategies
{
    private const string Retry = "RETRY";
    private const string Exit = "EXIT";

    private static readonly EvaluateOnExit Reclaimed = new() { OnStatusReason = "Host EC2*", Action = Retry };
    private static readonly EvaluateOnExit NotStarted = new() { OnStatusReason = "Task failed to start*", Action = Retry };
    private static readonly EvaluateOnExit NotPulled = new() { OnReason = "CannotPullContainerError*", Action = Exit };
    private static readonly EvaluateOnExit NotUploaded = new() { OnExitCode = ExitCodes.UploadFailed.ToString(), Action = Retry };

    /// <param name="retries">How often any failure is tried again; null tries again only what is nobody's fault.</param>
    /// <param name="rules">What the exit codes of the script mean; null makes no difference between them.</param>
    public static RetryStrategy For(int? retries, RetryRules? rules)
    {
        var otherwise = rules?.Otherwise ?? retries is not null;
        EvaluateOnExit[] users =
        [
            .. (rules?.Exceptions ?? []).Select(code => new EvaluateOnExit { OnExitCode = code.ToString(), Action = otherwise ? Exit : Retry }),
        ];
        return new()
        {
            Attempts = retries is { } again ? again + 1 : RetryRules.DefaultAttempts,
            EvaluateOnExit = [Reclaimed, .. users, .. Own(rules, RetryRules.MaxExceptions - users.Length), new() { OnReason = "*", Action = otherwise ? Retry : Exit }],
        };
    }

    /// <summary>What else is nobody's fault, as far as there is room: an upload first, then a start that failed.</summary>
    private static IEnumerable<EvaluateOnExit> Own(RetryRules? rules, int room)
    {
        var decided = rules?.OnExit.ContainsKey(ExitCodes.UploadFailed) == true;
        EvaluateOnExit[] byWeight = [.. decided ? [] : (EvaluateOnExit[])[NotUploaded], NotStarted, NotPulled];
        var chosen = byWeight.Take(room).ToList();
        return new[] { NotStarted, NotPulled, NotUploaded }.Where(chosen.Contains);
    }
}
