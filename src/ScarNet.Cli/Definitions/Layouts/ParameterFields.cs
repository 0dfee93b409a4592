using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary><c>parameters</c>: a block of names, each with its default or with nothing.</summary>
internal static class ParameterFields
{
    private static readonly Kind<IReadOnlyDictionary<string, string?>> Defaults = new("parameters", Read);

    public static Field<FunctionDefinition> Field { get; } = WithPlaces(OwnFields.Of(
        "parameters", Defaults, nameof(FunctionDefinition.Parameters), (f, v) => f with { Parameters = v }));

    private static Field<FunctionDefinition> WithPlaces(Field<FunctionDefinition> field) => field with
    {
        Apply = (reading, entry, path, model) =>
        {
            foreach (var parameter in (entry.Value as YamlMap)?.Entries ?? [])
            {
                reading.Places[$"{nameof(FunctionDefinition.Parameters)}.{parameter.Name}"] = parameter.Place;
            }

            return field.Apply(reading, entry, path, model);
        },
    };

    private static bool Read(Reading reading, YamlNode node, string field, out IReadOnlyDictionary<string, string?> value)
    {
        var parameters = new Dictionary<string, string?>();
        value = parameters;
        if (node is not YamlMap map)
        {
            reading.WrongType(node, field, "a block of NAME: DEFAULT", "for example '{sample: NA12878, depth: 30}'; 'depth:' without a default is required");
            return false;
        }

        var good = true;
        foreach (var entry in map.Entries)
        {
            if (entry.Value is YamlText text)
            {
                parameters[entry.Name] = entry.IsNull ? null : text.Text;
            }
            else
            {
                reading.WrongType(entry.Value, $"{field}.{entry.Name}", "text");
                good = false;
            }
        }

        return good;
    }
}
