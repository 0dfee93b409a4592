using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Fields;

/// <summary>A field whose items each leave a place of their own.</summary>
internal static class ItemPlaces
{
    /// <summary>Item n of the field's value, or its value itself, stands at <c>member.n</c>.</summary>
    public static Field<T> Of<T>(Field<T> field, string member) => field with
    {
        Apply = (reading, entry, path, model) =>
        {
            IEnumerable<YamlNode> items = entry.Value switch
            {
                YamlList list => list.Items,
                YamlMap map => map.Entries.Select(item => item.Key),
                _ => [entry.Value],
            };
            foreach (var (i, item) in items.Index())
            {
                reading.Places[$"{member}.{i}"] = item.Place;
            }

            return field.Apply(reading, entry, path, model);
        },
    };
}
