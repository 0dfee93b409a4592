using System.Text;
using static ScarNet.Core.Functions.AwsLimits;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the buckets, prefixes and filters of one function must be.</summary>
internal static class StorageRules
{
    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        for (var i = 0; i < function.Triggers.Count; i++)
        {
            var trigger = function.Triggers[i];
            var place = function.PlaceOf($"{nameof(F.Triggers)}.{i}");
            foreach (var (message, hint) in Bucket(trigger.Bucket).Concat(Trigger(trigger)))
            {
                yield return new Problem(place, $"input '{trigger}' of {name}: {message}", hint);
            }
        }

        if (function.EventRoute == EventRoute.EventBridge)
        {
            foreach (var (message, hint) in Rule(function))
            {
                yield return new Problem(function.PlaceOf(nameof(F.EventRoute)), $"trigger of {name}: {message}", hint, IsWarning: function.Triggers.Count == 0);
            }
        }

        for (var i = 0; i < function.Outputs.Count; i++)
        {
            var output = function.Outputs[i];
            var place = function.PlaceOf($"{nameof(F.Outputs)}.{i}");
            foreach (var (message, hint) in Bucket(output.Bucket).Concat(Output(output)).Concat(OutputRules.Check(output)))
            {
                yield return new Problem(place, $"output '{output}' of {name}: {message}", hint);
            }
        }

        if (function.DeploymentBucket is { } bucket && BucketName.Flaw(bucket) is { } flaw)
        {
            yield return new Problem(function.PlaceOf(nameof(F.DeploymentBucket)), $"deployment bucket '{bucket}' of {name} {flaw}");
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Bucket(string bucket)
    {
        if (BucketName.Flaw(bucket) is { } flaw)
        {
            yield return ($"bucket '{bucket}' {flaw}", "a path is 'bucket/prefix'");
        }
        else if (bucket.StartsWith("scarnet-artifacts-", StringComparison.Ordinal))
        {
            yield return ($"bucket '{bucket}' is ScarNet's own", "take another bucket");
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Rule(F function)
    {
        if (function.Triggers.Count == 0)
        {
            yield return ("it has no input that EventBridge could tell it of", "add an 'input', or leave 'trigger' out");
        }
        else if (TriggerPattern.Of(function.Triggers).Length is var length and > EventPatternLength)
        {
            yield return (
                $"its prefixes and suffixes make an event pattern of {length} characters: EventBridge takes {EventPatternLength}",
                "use fewer of them, or several functions");
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Trigger(Trigger trigger)
    {
        if (OutputNames.Placeholders.FirstOrDefault(p => trigger.Prefix.Contains($"{{{p}}}", StringComparison.Ordinal)) is { } placeholder)
        {
            yield return ($"'{{{placeholder}}}' stands for something only in an output", "an input is the same folder for every run");
        }

        if (trigger.Prefix.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal))
        {
            yield return ($"'{OutputRule.FailedPrefix}' holds what failed runs left, and starts nothing", "read it with 'scarnet get', or move good files elsewhere");
        }

        foreach (var filter in trigger.Filters)
        {
            if (filter.Prefix.Length > NotificationFilterLength || filter.Suffix.Length > NotificationFilterLength)
            {
                yield return ($"a prefix or suffix has more than {NotificationFilterLength} characters", null);
            }

            if (filter.Suffix.EndsWith('/'))
            {
                yield return ($"the suffix '{filter.Suffix}' ends in '/': keys that do are folder markers, which start nothing", null);
            }
        }

        if ((trigger.Prefix + string.Concat(trigger.Suffixes)).Any(char.IsControl))
        {
            yield return ("a prefix or suffix holds a control character", null);
        }

        if (trigger.Suffixes.Contains(""))
        {
            yield return ("a suffix is empty", "leave 'suffix' out to take every file");
        }
    }

    private static IEnumerable<(string Message, string? Hint)> Output(OutputRule output)
    {
        foreach (var unknown in UnknownPlaceholders(output.Prefix))
        {
            yield return ($"unknown placeholder '{unknown}'", $"there are {string.Join(", ", OutputNames.Placeholders.Select(p => $"'{{{p}}}'"))}");
        }

        if (output.Prefix.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal))
        {
            yield return ($"'{OutputRule.FailedPrefix}' is kept for what failed runs leave", "take another folder");
        }

        if (Encoding.UTF8.GetByteCount(output.Prefix) >= KeyBytes)
        {
            yield return ($"the prefix leaves no room for a file's name: a key has at most {KeyBytes} bytes", null);
        }

        if ((output.Prefix + string.Concat(output.Prefixes) + string.Concat(output.Suffixes)).Any(char.IsControl))
        {
            yield return ("a prefix or suffix holds a control character", null);
        }
    }

    /// <summary>Everything in braces that is no placeholder, and a brace that stands alone.</summary>
    private static IEnumerable<string> UnknownPlaceholders(string prefix)
    {
        for (var at = 0; at < prefix.Length; at++)
        {
            if (prefix[at] is not ('{' or '}'))
            {
                continue;
            }

            var end = prefix.IndexOf('}', at);
            if (prefix[at] == '}' || end < 0)
            {
                yield return prefix[at].ToString();
                continue;
            }

            if (!OutputNames.Placeholders.Contains(prefix[(at + 1)..end]))
            {
                yield return prefix[at..(end + 1)];
            }

            at = end;
        }
    }
}
