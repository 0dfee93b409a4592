using System.Text;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>Writes YAML in block style, two spaces a level, with comments above what they are about.</summary>
internal sealed class BlockWriter
{
    private const int LongestLine = 100;

    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    public void Comment(int indent, string comment)
    {
        var line = new string(' ', indent) + "#";
        foreach (var word in YamlScalar.Comment(comment).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length >= LongestLine && line.Trim().Length > 1)
            {
                text.Append(line).Append('\n');
                line = new string(' ', indent) + "#";
            }

            line += " " + word;
        }

        text.Append(line).Append('\n');
    }

    public void Key(int indent, string key) => text.Append(' ', indent).Append(KeyOf(key)).Append(":\n");

    public void Entry(int indent, string key, YamlNode value)
    {
        text.Append(' ', indent).Append(KeyOf(key)).Append(':');
        Value(indent, value);
    }

    /// <summary>What follows a colon or a dash, with its line's end.</summary>
    private void Value(int indent, YamlNode node)
    {
        switch (node)
        {
            case YamlMap { Entries.Count: 0 }:
                text.Append(" {}\n");
                break;
            case YamlMap map:
                text.Append('\n');
                Entries(indent + 2, map);
                break;
            case YamlList { Items.Count: 0 }:
                text.Append(" []\n");
                break;
            case YamlList list when Flow(list) is { } flow:
                text.Append(' ').Append(flow).Append('\n');
                break;
            case YamlList list:
                text.Append('\n');
                list.Items.ToList().ForEach(item => Item(indent + 2, item));
                break;
            case YamlText scalar:
                Scalar(indent + 2, scalar);
                break;
        }
    }

    private void Entries(int indent, YamlMap map) => map.Entries.ToList().ForEach(entry => Entry(indent, entry.Name, entry.Value));

    private void Item(int indent, YamlNode item)
    {
        text.Append(' ', indent).Append('-');
        if (item is not YamlMap { Entries.Count: > 0 } map)
        {
            Value(indent, item);
            return;
        }

        var start = text.Length;
        Entries(indent + 2, map);
        text.Remove(start, indent + 1); // the first key follows the dash
    }

    private void Scalar(int indent, YamlText scalar)
    {
        if (scalar.IsNull)
        {
            text.Append(scalar.Text.Length == 0 ? "" : " ").Append(scalar.Text).Append('\n');
        }
        else if (YamlScalar.BlockHead(scalar.Text) is { } head)
        {
            text.Append(' ').Append(head).Append('\n');
            foreach (var line in (scalar.Text.EndsWith('\n') ? scalar.Text[..^1] : scalar.Text).Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
            }
        }
        else
        {
            text.Append(' ').Append(YamlScalar.Of(scalar.Text, scalar.IsQuoted)).Append('\n');
        }
    }

    private static string KeyOf(string key) => YamlScalar.Of(key, key.Length == 0 || key == "<<");

    /// <summary>A list of a few plain words on one line; null when it is more than that.</summary>
    private static string? Flow(YamlList list)
    {
        var words = list.Items.OfType<YamlText>().Where(item => !item.IsNull && item.Text.Length > 0 && item.Text.All(IsWordCharacter)
            && !(item.IsQuoted && YamlScalar.IsRetyped(item.Text)) && char.IsAsciiLetterOrDigit(item.Text[0])).Select(item => item.Text).ToList();
        var flow = $"[{string.Join(", ", words)}]";
        return words.Count == list.Items.Count && flow.Length <= LongestLine / 2 ? flow : null;
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/';
}
