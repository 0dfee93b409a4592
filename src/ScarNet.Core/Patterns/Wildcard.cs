namespace ScarNet.Core.Patterns;

/// <summary>
/// A text in which <c>*</c> stands for any characters, also none; <c>\*</c> and <c>\\</c> for themselves. Source:
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
/// </summary>
internal sealed class Wildcard
{
    private readonly List<string> parts;

    private Wildcard(List<string> parts) => this.parts = parts;

    /// <summary>What comes before the first <c>*</c>.</summary>
    public string Begin => parts[0];

    /// <summary>What comes behind the last <c>*</c>; the whole text when there is none.</summary>
    public string End => parts[^1];

    /// <exception cref="FormatException">A backslash stands alone, or two wildcards stand together.</exception>
    public static Wildcard Parse(string text)
    {
        var parts = new List<string> { "" };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                parts[^1] += i < text.Length && text[i] is '*' or '\\'
                    ? text[i]
                    : throw new FormatException($"Invalid escape character at pos {i - 1}");
            }
            else if (text[i] != '*')
            {
                parts[^1] += text[i];
            }
            else if (i > 0 && text[i - 1] == '*' && parts[^1].Length == 0)
            {
                throw new FormatException($"Consecutive wildcard characters at pos {i - 1}");
            }
            else
            {
                parts.Add("");
            }
        }

        return new(parts);
    }

    /// <summary>The text so that it stands for itself.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    public bool Matches(string text)
    {
        if (parts.Count == 1)
        {
            return text == Begin;
        }

        if (text.Length < Begin.Length + End.Length || !text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(End, StringComparison.Ordinal))
        {
            return false;
        }

        // The first place that fits each leaves most to those behind it.
        var (at, end) = (Begin.Length, text.Length - End.Length);
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }
}
