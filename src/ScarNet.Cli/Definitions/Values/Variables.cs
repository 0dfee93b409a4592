using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Environment variables: a block <c>NAME: value</c>, a list of <c>NAME=value</c>, or SCAR 4's <c>Variables:</c> around either.</summary>
internal static class Variables
{
    public static readonly Kind<IReadOnlyDictionary<string, string>> Kind = new("variables", Read);

    /// <summary>Where each variable stands.</summary>
    public static IEnumerable<(string Name, Place Place)> PlacesIn(YamlNode node) => node switch
    {
        YamlMap { Entries: [{ Name: "Variables", Value: YamlMap or YamlList }] } wrapped => PlacesIn(wrapped.Entries[0].Value),
        YamlMap map => map.Entries.Select(entry => (entry.Name, entry.Place)),
        YamlList list => list.Items.OfType<YamlText>().Select(text => (text.Text.Split('=')[0], text.Place)),
        _ => [],
    };

    /// <summary>The second's values win.</summary>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second)
    {
        var all = new Dictionary<string, string>(first);
        foreach (var (name, value) in second)
        {
            all[name] = value;
        }

        return all;
    }

    private static bool Read(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyDictionary<string, string> value)
    {
        var variables = new Dictionary<string, string>();
        value = variables;
        return node switch
        {
            YamlMap { Entries: [{ Name: "Variables", Value: YamlMap or YamlList }] } wrapped =>
                Read(reading, wrapped.Entries[0].Value, field + ".Variables", out value),
            YamlMap map => map.Entries.Aggregate(true, (good, entry) => Add(reading, entry, field, variables) && good),
            YamlList list => list.Items.Aggregate(true, (good, item) => Add(reading, item, field, variables) && good),
            _ => Wrong(reading, node, field),
        };
    }

    private static bool Add(Reading reading, YamlEntry entry, string field, Dictionary<string, string> variables)
    {
        if (entry.Value is YamlText text)
        {
            variables[entry.Name] = text.Text; // also an empty one, and what YAML would call null: the text is the value
            return true;
        }

        reading.WrongType(entry.Value, $"{field}.{entry.Name}", "text");
        return false;
    }

    private static bool Add(Reading reading, YamlNode item, string field, Dictionary<string, string> variables)
    {
        var text = (item as YamlText)?.Text;
        var equals = text?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        if (equals <= 0)
        {
            reading.WrongType(item, field, "a list of NAME=value", "for example '- ITERATIONS=10000'");
            return false;
        }

        if (!variables.TryAdd(text![..equals], text[(equals + 1)..]))
        {
            reading.Error(item.Place, $"duplicate variable '{text[..equals]}' in '{field}' of {reading.Owner}", "keep one of the two");
            return false;
        }

        return true;
    }

    private static bool Wrong(Reading reading, YamlNode node, string field)
    {
        reading.WrongType(node, field, "a block of NAME: value");
        return false;
    }
}
