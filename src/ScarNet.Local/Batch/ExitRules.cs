using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScarNet.Local.Batch;

/// <summary>One rule of a retry strategy's evaluateOnExit. Patterns that are null are not looked at.</summary>
internal sealed record ExitRule(string? OnStatusReason, string? OnReason, string? OnExitCode, bool Retry);

/// <summary>How an attempt ended, as evaluateOnExit sees it.</summary>
internal sealed record AttemptOutcome(int? ExitCode, string? Reason, string? StatusReason);

/// <summary>
/// Decides whether a failed attempt is followed by another. The patterns of a rule must all match; the first rule that matches decides;
/// where none does the job is retried. Source: docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html
/// </summary>
internal static partial class ExitRules
{
    public const int MaxRules = 5;

    public static bool Retries(IReadOnlyList<ExitRule> rules, AttemptOutcome outcome) =>
        rules.FirstOrDefault(rule => Matches(rule, outcome))?.Retry ?? true;

    public static bool Matches(ExitRule rule, AttemptOutcome outcome) =>
        Fits(rule.OnStatusReason, outcome.StatusReason)
        && Fits(rule.OnReason, outcome.Reason)
        && Fits(rule.OnExitCode, outcome.ExitCode?.ToString());

    /// <summary>Reads and checks the rules of a retry strategy.</summary>
    public static IReadOnlyList<ExitRule> Read(JsonObject? retryStrategy)
    {
        var rules = (retryStrategy?.Objects("evaluateOnExit") ?? []).Select(ReadRule).ToList();
        return rules.Count <= MaxRules ? rules : throw BatchFault.Client($"evaluateOnExit has {rules.Count} rules; at most {MaxRules} are allowed");
    }

    private static ExitRule ReadRule(JsonObject rule)
    {
        var action = rule.Required("action").ToUpperInvariant();
        if (action is not ("RETRY" or "EXIT"))
        {
            throw BatchFault.Client($"action '{action}' of evaluateOnExit must be RETRY or EXIT");
        }

        var exitCode = Checked("onExitCode", rule.Text("onExitCode"), ExitCodePattern, "digits, with an optional * at the end");
        return new ExitRule(
            Checked("onStatusReason", rule.Text("onStatusReason"), ReasonPattern, ReasonForm),
            Checked("onReason", rule.Text("onReason"), ReasonPattern, ReasonForm),
            exitCode,
            action == "RETRY");
    }

    private const string ReasonForm = "up to 512 letters, digits, spaces and .:()-_/ with an optional * at the end";

    private static string? Checked(string member, string? pattern, Regex form, string expected) =>
        pattern is null || form.IsMatch(pattern) ? pattern : throw BatchFault.Client($"{member} '{pattern}' must be {expected}");

    private static bool Fits(string? pattern, string? text) =>
        pattern is null
        || (pattern.EndsWith('*')
            ? (text ?? "").StartsWith(pattern[..^1], StringComparison.Ordinal)
            : pattern == text);

    [GeneratedRegex(@"^[0-9]{0,511}\*?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExitCodePattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9.:()_/\- \t]{0,511}\*?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReasonPattern { get; }
}
