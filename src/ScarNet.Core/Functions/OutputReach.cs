namespace ScarNet.Core.Functions;

/// <summary>Whether files that one function writes can start another.</summary>
public static class OutputReach
{
    private const char AnyName = '\u0001'; // {key_stem}: any text without '/'
    private const char HexDigit = '\u0002';
    private static readonly string RequestId = string.Join('-', new[] { 8, 4, 4, 4, 12 }.Select(n => new string(HexDigit, n)));

    /// <summary>
    /// True when some file name and some run lead to a key that the trigger takes. Never wrongly false; a placeholder counts as
    /// whatever it can become: a request id is a UUID, a key stem any text without '/'.
    /// </summary>
    public static bool CanStart(OutputRule rule, string function, Trigger trigger) =>
        rule.Bucket == trigger.Bucket
        && !rule.Prefix.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal)
        && OrAny(rule.Files).Any(glob => Beginnings(rule, glob).Any(filter => CanBeginWith(Pattern(rule.Prefix, function) + filter, trigger.Prefix))
            && OrAny(trigger.Suffixes).Any(wanted => EndsMeet(EndOf(glob), wanted) && OrAny(rule.Suffixes).Any(suffix => EndsMeet(suffix, wanted))));

    /// <summary>What a path can begin with that a rule takes by one of its prefixes and this glob: the longer of both, when they agree.</summary>
    private static IEnumerable<string> Beginnings(OutputRule rule, string glob)
    {
        var start = Glob.Of(glob).LiteralPrefix;
        return OrAny(rule.Prefixes)
            .Where(filter => filter.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(filter, StringComparison.Ordinal))
            .Select(filter => filter.Length > start.Length ? filter : start);
    }

    /// <summary>What every path that a glob takes ends with, as far as that is plain; empty says nothing.</summary>
    private static string EndOf(string glob) =>
        glob.AsSpan().ContainsAny('[', '\\') || glob.EndsWith('/') ? "" : glob[(glob.AsSpan().LastIndexOfAny('*', '?') + 1)..];

    private static string Pattern(string prefix, string function) =>
        new OutputNames(function, RequestId, AnyName.ToString()).Fill(prefix);

    private static IReadOnlyList<string> OrAny(IReadOnlyList<string> filters) => filters.Count == 0 ? [""] : filters;

    private static bool EndsMeet(string a, string b) => a.EndsWith(b, StringComparison.Ordinal) || b.EndsWith(a, StringComparison.Ordinal);

    /// <summary>Walks all ways to spell the text at once; past the pattern's end comes the rest of the file's path, which is free.</summary>
    private static bool CanBeginWith(string pattern, string text)
    {
        var reached = new SortedSet<int> { 0 };
        foreach (var c in text)
        {
            var next = new SortedSet<int>();
            foreach (var at in Skippable(pattern, reached))
            {
                if (at == pattern.Length)
                {
                    return true;
                }

                if (pattern[at] == AnyName ? c != '/' : pattern[at] == HexDigit ? char.IsAsciiHexDigit(c) : pattern[at] == c)
                {
                    next.Add(pattern[at] == AnyName ? at : at + 1);
                }
            }

            reached = next;
        }

        return reached.Count > 0;
    }

    /// <summary>The positions, and those behind names that may be empty.</summary>
    private static SortedSet<int> Skippable(string pattern, SortedSet<int> positions)
    {
        var all = new SortedSet<int>(positions);
        foreach (var position in positions)
        {
            for (var at = position; at < pattern.Length && pattern[at] == AnyName; at++)
            {
                all.Add(at + 1);
            }
        }

        return all;
    }
}
