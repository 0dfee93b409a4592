using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ScarNet.Cli.Conversion;

/// <summary>Texts as YAML scalars that mean the same to every reader of YAML, 1.1 or 1.2.</summary>
internal static partial class YamlScalar
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`=";

    /// <summary>The scalar on one line.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="isText">Whether it must stay text for readers that take <c>010</c> for a number and <c>yes</c> for a truth value.</param>
    public static string Of(string text, bool isText)
    {
        if (text.Any(NeedsEscape))
        {
            return Escaped(text);
        }

        return IsPlain(text) && !(isText && IsRetyped(text)) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>Whether a reader of YAML makes something else than this text of it when there are no quotes around it.</summary>
    public static bool IsRetyped(string text) => text.Length == 0 || Retyped().IsMatch(text);

    /// <summary>The literal block's head (<c>|</c> or <c>|-</c>) when the text can be one; else null.</summary>
    public static string? BlockHead(string text)
    {
        var body = text.EndsWith('\n') ? text[..^1] : text;
        var lines = body.Split('\n');
        return lines.Length > 1 && lines[0].Length > 0 && lines[^1].Length > 0 && lines[0][0] != ' '
            && !lines.Any(line => line.Any(NeedsEscape) || (line.Length > 0 && string.IsNullOrWhiteSpace(line)))
            ? text.EndsWith('\n') ? "|" : "|-"
            : null;
    }

    /// <summary>Text on one line that can stand behind a '#'.</summary>
    public static string Comment(string text)
    {
        const int longest = 300;
        var plain = string.Concat(text.Select(c => NeedsEscape(c) ? ' ' : c));
        return plain.Length > longest ? plain[..longest] + "…" : plain;
    }

    private static bool IsPlain(string text) =>
        text.Length > 0
        && !Indicators.Contains(text[0], StringComparison.Ordinal)
        && text[0] != ' ' && text[^1] != ' ' && text[^1] != ':'
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && !text.StartsWith("...", StringComparison.Ordinal);

    /// <summary>Control characters, line ends of any kind, and what does not show: YAML's printable set without the rest.</summary>
    private static bool NeedsEscape(char c) =>
        c < ' ' || c is '\x7f' or '\ufeff' || char.IsSurrogate(c)
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || (c > '\x7f' && char.IsWhiteSpace(c)) || c >= '\ufffe';

    private static string Escaped(string text)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) => quoted.Append(c).Append(text[++i]),
                _ when NeedsEscape(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // Null, truth values, numbers, times and dates of YAML 1.1 (yaml.org/type), and its merge key: more rather than less.
    [GeneratedRegex(@"^(?:~|null|true|false|yes|no|on|off|y|n|<<|=|[-+.]?[0-9].*|[-+]?\.(?:inf|nan))$", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Retyped();
}
