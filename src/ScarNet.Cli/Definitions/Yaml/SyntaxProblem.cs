using ScarNet.Core.Functions;
using YamlDotNet.Core;

namespace ScarNet.Cli.Definitions.Yaml;

/// <summary>What the YAML parser says, in our form.</summary>
internal static class SyntaxProblem
{
    public static Problem Of(DefinitionText file, Mark mark, string message)
    {
        var line = (int)Math.Clamp(mark.Line, 1, int.MaxValue);
        var lines = file.Text.ReplaceLineEndings("\n").Split('\n');
        var tab = message.Contains("tab", StringComparison.Ordinal) ? LineWithTab(lines, line) : 0;
        var place = tab > 0
            ? new Place(file.Name, tab, lines[tab - 1].IndexOf('\t', StringComparison.Ordinal) + 1)
            : new Place(file.Name, line, (int)Math.Clamp(mark.Column, 1, int.MaxValue));
        return new Problem(
            place,
            $"this is not YAML: {Lower(message)}",
            tab > 0 ? "indent with spaces, not with tabs" : "look at the indentation, colons, quotes and brackets of this line and the one above");
    }

    private static string Lower(string message)
    {
        var text = message.TrimEnd('.').ReplaceLineEndings(" ");
        return text.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>The first line from the given one that a tab indents; 0 when there is none. The parser names where the block began.</summary>
    private static int LineWithTab(string[] lines, int from) => Enumerable.Range(from, Math.Max(0, lines.Length - from + 1))
        .FirstOrDefault(number => lines[number - 1][..^lines[number - 1].TrimStart().Length].Contains('\t', StringComparison.Ordinal));
}
