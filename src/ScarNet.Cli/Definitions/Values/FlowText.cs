using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Any node as one line: a scalar's own text, else YAML's flow style.</summary>
internal static class FlowText
{
    public static string Of(YamlNode node) => node switch
    {
        YamlText text => text.Text,
        YamlList list => "[" + string.Join(", ", list.Items.Select(Of)) + "]",
        YamlMap map => "{" + string.Join(", ", map.Entries.Select(entry => $"{entry.Name}: {Of(entry.Value)}")) + "}",
        _ => "",
    };
}
