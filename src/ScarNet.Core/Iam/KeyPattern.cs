using System.Text.RegularExpressions;
using ScarNet.Core.Functions;

namespace ScarNet.Core.Iam;

/// <summary>Keys of one bucket as a policy names them.</summary>
/// <param name="Bucket">The bucket; may be a pattern itself.</param>
/// <param name="Objects">Pattern of the keys.</param>
/// <param name="Prefix">Pattern of the prefixes that may be listed.</param>
internal sealed partial record KeyPattern(string Bucket, string Objects, string Prefix)
{
    /// <summary>The text before the first wildcard, as it is.</summary>
    public required string Start { get; init; }

    public static IEnumerable<KeyPattern> Of(Trigger trigger)
    {
        var prefix = PolicyText.Escape(trigger.Prefix) + "*";
        var suffixes = trigger.Suffixes.Count == 0 ? [""] : trigger.Suffixes;
        return suffixes.Select(suffix => new KeyPattern(trigger.Bucket, prefix + PolicyText.Escape(suffix), prefix) { Start = trigger.Prefix });
    }

    /// <summary>Of an output. Placeholders stand for anything: each run fills them in.</summary>
    public static KeyPattern Of(OutputRule output, string function)
    {
        var pattern = Filled(output.Prefix, function) + "*";
        return new(output.Bucket, pattern, pattern) { Start = StartOf(output.Prefix) };
    }

    /// <summary>Of what a failed run left.</summary>
    public static KeyPattern OfFailed(OutputRule output, string function) =>
        Below(output.Bucket, $"{OutputRule.FailedPrefix}{function}/");

    public static KeyPattern Below(string bucket, string prefix)
    {
        var pattern = PolicyText.Escape(prefix) + "*";
        return new(bucket, pattern, pattern) { Start = prefix };
    }

    /// <summary>Of an input or a reference: as much as is known before a run fills in its placeholders.</summary>
    /// <param name="rule">An address in S3, or nothing comes out.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="triggers">What <c>{bucket}</c> may be.</param>
    public static IEnumerable<KeyPattern> Of(InputRule rule, string function, IReadOnlyList<Trigger> triggers)
    {
        if (rule.Object is not { } address)
        {
            return [];
        }

        var buckets = rule.Literal || !address.Bucket.Contains('{', StringComparison.Ordinal) ? [address.Bucket]
            : address.Bucket == "{bucket}" ? triggers.Select(trigger => trigger.Bucket).Distinct()
            : [Filled(address.Bucket, function)];
        var start = rule.Literal ? address.Key : Glob.Of(StartOf(address.Key)).LiteralPrefix;
        var pattern = PatternOf(rule, address.Key, function);
        return buckets.Select(bucket => new KeyPattern(bucket, pattern, pattern) { Start = start });
    }

    /// <summary>Whether a key may match both.</summary>
    public bool Meets(KeyPattern other) =>
        Bucket == other.Bucket
        && (Start.StartsWith(other.Start, StringComparison.Ordinal) || other.Start.StartsWith(Start, StringComparison.Ordinal));

    // A wildcard of ours is more than a policy can say: there everything behind it may follow.
    private static string PatternOf(InputRule rule, string key, string function)
    {
        if (rule.Literal)
        {
            return PolicyText.Escape(key);
        }

        var glob = Glob.Of(Placeholder().Replace(key, ""));
        return !glob.IsLiteral ? PolicyText.Escape(Glob.Of(StartOf(key)).LiteralPrefix) + "*"
            : Filled(key, function) + (key.Length == 0 || key[^1] == '/' ? "*" : "");
    }

    private static string StartOf(string text) => Placeholder().Match(text) is { Success: true } match ? text[..match.Index] : text;

    private static string Filled(string text, string function)
    {
        var pattern = "";
        var end = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            pattern += PolicyText.Escape(text[end..match.Index]) + (match.Value == "{function}" ? function : "*");
            end = match.Index + match.Length;
        }

        return pattern + PolicyText.Escape(text[end..]);
    }

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
