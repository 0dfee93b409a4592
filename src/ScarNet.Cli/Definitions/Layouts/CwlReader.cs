using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using ScarNet.Core.Tasks;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>
/// Reads what a function must know of a CWL tool. The tool is one file: what refers to others could not be deployed with it.
/// Source: commonwl.org/v1.2/CommandLineTool.html
/// </summary>
internal static class CwlReader
{
    private const string Docker = "DockerRequirement";
    private static readonly string[] References = ["$import", "$include", "$mixin"];

    /// <param name="file">The tool.</param>
    /// <param name="report">Takes what is wrong with it, each with its place in the tool.</param>
    /// <returns>Null when it is none that can be run.</returns>
    public static CwlTool? Read(DefinitionText file, Action<Problem> report)
    {
        if (YamlTree.Read(file, report) is not YamlMap tool)
        {
            return null;
        }

        if (tool.Find("$graph") is { } graph)
        {
            report(new(graph.Place, "'$graph' holds several tools, and a function runs one", "take the CommandLineTool out of it"));
            return null;
        }

        if (Text(tool, "class") is var kind && kind != "CommandLineTool")
        {
            report(new(tool.Find("class")?.Place ?? tool.Place, $"class '{kind}' cannot be run by a function", "a function runs a CommandLineTool; 'scarnet task run --cwl' runs workflows"));
            return null;
        }

        var references = All(tool).Where(entry => References.Contains(entry.Name)).ToList();
        foreach (var reference in references)
        {
            report(new(reference.Place, $"'{reference.Name}' refers to another file, and only the tool itself is deployed", "write into the tool what the other file says"));
        }

        return references.Count > 0 ? null : new([.. Inputs(tool.Find("inputs")?.Value)], Names(tool.Find("requirements")?.Value, "class").Contains(Docker));
    }

    private static IEnumerable<CwlInput> Inputs(YamlNode? node) => node switch
    {
        YamlMap map => map.Entries.Select(entry => Input(entry.Name, entry.Value)),
        YamlList list => list.Items.OfType<YamlMap>().Select(item => Input(Text(item, "id")?.TrimStart('#') ?? "", item)),
        _ => [],
    };

    private static CwlInput Input(string name, YamlNode node)
    {
        // Short: 'name: File'; long: 'name: {type: File, …}'; a map with 'type: array' in place of a name is long, too.
        var type = node is YamlMap { } block ? block.Find("type")?.Value ?? node : node;
        var (kind, isList, mayBeNull) = Type(type);
        return new(name, kind, isList, mayBeNull || node is YamlMap { } map && map.Find("default") is { IsNull: false });
    }

    private static (CwlInputKind Kind, bool IsList, bool MayBeNull) Type(YamlNode? node)
    {
        switch (node)
        {
            case YamlText { Text: var text }:
                var plain = text.TrimEnd('?');
                var item = plain.EndsWith("[]", StringComparison.Ordinal) ? plain[..^2] : plain;
                return (Kind(item), item != plain, plain != text || text == "null");
            case YamlList list:
                var others = list.Items.Where(entry => entry is not YamlText { Text: "null" }).ToList();
                var (kind, isList, _) = others is [var only] ? Type(only) : default;
                return (kind, isList, others.Count < list.Items.Count);
            case YamlMap map when Text(map, "type") == "array":
                return (Type(map.Find("items")?.Value).Kind, true, false);
            default:
                return default;
        }
    }

    private static CwlInputKind Kind(string type) => type switch
    {
        "File" or "stdin" => CwlInputKind.File,
        "Directory" => CwlInputKind.Directory,
        _ => CwlInputKind.Value,
    };

    // Requirements are a map by class, or a list of blocks that have one.
    private static IEnumerable<string> Names(YamlNode? node, string key) => node switch
    {
        YamlMap map => map.Entries.Select(entry => entry.Name),
        YamlList list => list.Items.OfType<YamlMap>().Select(item => Text(item, key)).OfType<string>(),
        _ => [],
    };

    private static IEnumerable<YamlEntry> All(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => All(entry.Value).Prepend(entry)),
        YamlList list => list.Items.SelectMany(All),
        _ => [],
    };

    private static string? Text(YamlMap map, string key) => (map.Find(key)?.Value as YamlText)?.Text;
}
