using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Conversion;

/// <summary>Makes blocks of keys out of others.</summary>
internal static class Blocks
{
    public static YamlMap Empty(Place place) => new(place, []);

    public static YamlText Text(Place place, string text) => new(place, text, IsQuoted: false, place.Line);

    /// <summary>The block with the key set, where it stood before or at the end.</summary>
    public static YamlMap With(YamlMap map, string key, YamlNode value)
    {
        var entry = new YamlEntry(Text(value.Place, key), value);
        return map.Find(key) is null
            ? new YamlMap(map.Place, [.. map.Entries, entry])
            : new YamlMap(map.Place, [.. map.Entries.Select(old => old.Name == key ? entry : old)]);
    }

    public static YamlMap Without(YamlMap map, params IReadOnlyList<string> keys) =>
        new(map.Place, [.. map.Entries.Where(entry => !keys.Contains(entry.Name))]);

    /// <summary>Environment variables in any of their forms as a block NAME: value; every value is text.</summary>
    public static YamlNode Variables(YamlNode node) => node switch
    {
        YamlMap { Entries: [{ Name: "Variables", Value: YamlMap or YamlList }] } wrapped => Variables(wrapped.Entries[0].Value),
        YamlMap map => new YamlMap(map.Place, [.. map.Entries.Select(entry => new YamlEntry(entry.Key, Quoted(entry.Value)))]),
        YamlList list => new YamlMap(list.Place, [.. list.Items.OfType<YamlText>().Select(Variable)]),
        _ => node,
    };

    /// <summary>Every text in it is text to any reader of YAML.</summary>
    public static YamlNode Quoted(YamlNode node) => node switch
    {
        YamlText text => text with { IsQuoted = true },
        YamlList list => new YamlList(list.Place, [.. list.Items.Select(Quoted)]),
        _ => node,
    };

    private static YamlEntry Variable(YamlText item)
    {
        var equals = item.Text.IndexOf('=', StringComparison.Ordinal);
        return new(Text(item.Place, item.Text[..equals]), Quoted(Text(item.Place, item.Text[(equals + 1)..])));
    }
}
