using System.Text.RegularExpressions;
using ScarNet.Local.Http;

namespace ScarNet.Local.Events;

/// <summary>How rules and the one event bus are called. Source: docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html</summary>
internal sealed partial class EventNames(string region, string account)
{
    public const string DefaultBus = "default";

    private string Root => $"arn:aws:events:{region}:{account}:";

    public string Bus => $"{Root}event-bus/{DefaultBus}";

    public string Rule(string name) => $"{Root}rule/{name}";

    /// <summary>A rule's name from its ARN.</summary>
    /// <exception cref="ApiException">It is the ARN of no rule here.</exception>
    public string RuleOf(string? arn) => arn is not null && arn.StartsWith(Rule(""), StringComparison.Ordinal)
        ? arn[Rule("").Length..]
        : throw EventsFault.Invalid($"Parameter {arn} is not valid. Reason: Provided Arn is not in correct format.");

    /// <exception cref="ApiException">There is no such bus.</exception>
    public void CheckBus(string? bus)
    {
        if (bus is not (null or DefaultBus) && bus != Bus)
        {
            throw EventsFault.NoBus(bus);
        }
    }

    /// <exception cref="ApiException">It cannot be a rule's name.</exception>
    public static string Check(string? name, string member = "name") => name is not null && RuleName().IsMatch(name)
        ? name
        : throw EventsFault.Invalid(
            $"1 validation error detected: Value '{name}' at '{member}' failed to satisfy constraint: Member must satisfy regular expression pattern: "
            + "[\\.\\-_A-Za-z0-9]+ and have length less than or equal to 64");

    [GeneratedRegex(@"\A[.\-_A-Za-z0-9]{1,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RuleName();
}
