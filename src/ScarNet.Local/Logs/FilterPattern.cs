namespace ScarNet.Local.Logs;

/// <summary>
/// CloudWatch's patterns for unstructured events: every word must occur; "a phrase" as it stands; -word must not occur; of the ?words
/// at least one must, and with a plain word beside them they are ignored. Upper and lower case differ.
/// Source: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
/// </summary>
internal sealed class FilterPattern
{
    private readonly List<string> required = [];
    private readonly List<string> excluded = [];
    private readonly List<string> any = [];

    private FilterPattern()
    {
    }

    /// <summary>Reads a pattern.</summary>
    /// <returns>Null when it is of a kind that the engine does not have (JSON, columns, regular expressions), or unbalanced.</returns>
    public static FilterPattern? Parse(string text)
    {
        var pattern = new FilterPattern();
        var rest = text.AsSpan().Trim();
        if (!rest.IsEmpty && rest[0] is '{' or '[' or '%')
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            var list = rest[0] switch { '-' => pattern.excluded, '?' => pattern.any, _ => pattern.required };
            var term = list == pattern.required ? rest : rest[1..];
            var quoted = !term.IsEmpty && term[0] == '"';
            var end = quoted ? term[1..].IndexOf('"') + 1 : term.IndexOf(' ');
            if (quoted && end == 0)
            {
                return null;
            }

            end = end < 0 ? term.Length : end;
            list.Add(term[(quoted ? 1 : 0)..end].ToString());
            rest = term[Math.Min(term.Length, end + (quoted ? 1 : 0))..].TrimStart();
        }

        return pattern;
    }

    public bool Matches(string message) =>
        required.TrueForAll(term => message.Contains(term, StringComparison.Ordinal))
        && !excluded.Exists(term => message.Contains(term, StringComparison.Ordinal))
        && (any.Count == 0 || required.Count > 0 || any.Exists(term => message.Contains(term, StringComparison.Ordinal)));
}
