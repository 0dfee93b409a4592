using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Plain values.</summary>
internal static class Kinds
{
    public static readonly Kind<string> Text = new("text", ReadText);

    public static readonly Kind<int> Whole = new("whole number", ReadWhole);

    public static readonly Kind<decimal> Number = new("number", ReadNumber);

    public static readonly Kind<bool> YesNo = new("true or false", ReadYesNo);

    /// <summary>Anything: kept as the file says it.</summary>
    public static readonly Kind<string> Anything = new("anything", ReadAnything);

    /// <summary>A text that is one of a few.</summary>
    public static Kind<T> OneOf<T>(params (string Text, T Value)[] choices) =>
        new(string.Join(" or ", choices.Select(choice => $"'{choice.Text}'")), (Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out T value) =>
        {
            var text = (node as YamlText)?.Text;
            var known = choices.Select(choice => choice.Text);
            foreach (var choice in choices.Where(choice => string.Equals(choice.Text, text, StringComparison.OrdinalIgnoreCase)))
            {
                value = choice.Value;
                return true;
            }

            reading.WrongType(
                node, field, "one of " + string.Join(", ", known.Select(name => $"'{name}'")), text is null ? null : DidYouMean.Hint(text, known));
            value = default;
            return false;
        });

    private static bool ReadText(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out string value)
    {
        value = (node as YamlText)?.Text;
        if (value is null)
        {
            reading.WrongType(node, field, "text");
        }

        return value is not null;
    }

    private static bool ReadWhole(Reading reading, YamlNode node, string field, out int value)
    {
        value = 0;
        if (node is YamlText text && int.TryParse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        reading.WrongType(node, field, "a whole number");
        return false;
    }

    private static bool ReadNumber(Reading reading, YamlNode node, string field, out decimal value)
    {
        value = 0;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (node is YamlText text && decimal.TryParse(text.Text, style, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        reading.WrongType(node, field, "a number");
        return false;
    }

    /// <summary>YAML 1.1's words too: SCAR's files were read by a 1.1 parser.</summary>
    private static bool ReadYesNo(Reading reading, YamlNode node, string field, out bool value)
    {
        var word = (node as YamlText)?.Text.ToLowerInvariant();
        value = word is "true" or "yes" or "on";
        if (value || word is "false" or "no" or "off")
        {
            return true;
        }

        reading.WrongType(node, field, "true or false");
        return false;
    }

    private static bool ReadAnything(Reading reading, YamlNode node, string field, out string value)
    {
        value = FlowText.Of(node);
        return true;
    }
}
