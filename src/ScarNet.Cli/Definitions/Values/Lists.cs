using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Lists of texts. A single text is a list of one.</summary>
internal static class Lists
{
    public static readonly Kind<IReadOnlyList<string>> Texts = new(
        "list of texts",
        (Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyList<string> value) =>
            TryRead(reading, node, field, text => null, out value));

    /// <summary>Names that hold no space: a space means that two of them ran together.</summary>
    public static readonly Kind<IReadOnlyList<string>> Names = new(
        "list of names",
        (Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyList<string> value) =>
            TryRead(reading, node, field, text => text.Any(char.IsWhiteSpace) ? "a space" : text.Length == 0 ? "no text" : null, out value));

    private static bool TryRead(
        Reading reading, YamlNode node, string field, Func<string, string?> flaw, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        var texts = new List<string>();
        var good = node is not YamlMap;
        if (!good)
        {
            reading.WrongType(node, field, "a list");
        }

        foreach (var item in node is YamlList list ? list.Items : good ? [node] : [])
        {
            if (item is not YamlText text)
            {
                reading.WrongType(item, $"{field}[{texts.Count}]", "text");
                good = false;
            }
            else if (RanTogether(text) || flaw(text.Text) is not null)
            {
                var why = RanTogether(text) ? "is two entries that ran together" : $"holds {flaw(text.Text)}";
                reading.Error(text.Place, $"{text.Description} in '{field}' of {reading.Owner} {why}", "give every entry a line of its own, each '-' in the same column");
                good = false;
            }
            else
            {
                texts.Add(text.Text);
            }
        }

        value = texts;
        return good;
    }

    /// <summary>A '-' that is indented further than the first does not begin an entry: YAML goes on with the text before.</summary>
    private static bool RanTogether(YamlText text) =>
        !text.IsQuoted && text.LastLine > text.Place.Line && text.Text.Contains(" - ", StringComparison.Ordinal);
}
