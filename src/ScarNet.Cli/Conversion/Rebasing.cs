using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>Paths of files beside the function file, as they are beside the converted one.</summary>
/// <param name="From">Absolute directory of the file that is converted.</param>
/// <param name="To">Absolute directory of the file that is written.</param>
internal sealed record Rebasing(string From, string To)
{
    public YamlNode Move(YamlNode node) => node is YamlText text && !IsSame(text.Text)
        ? Blocks.Quoted(Blocks.Text(text.Place, Path.GetRelativePath(To, Path.GetFullPath(Path.Combine(From, text.Text)))))
        : node;

    /// <summary>Files go into the workspace under the path they have: when that changes here, the old one is said.</summary>
    public YamlNode MoveFiles(YamlNode node) => node switch
    {
        YamlMap map => new YamlMap(map.Place, [.. map.Entries.Select(entry => new YamlEntry(entry.Key, Move(entry.Value)))]),
        YamlList list when list.Items.OfType<YamlText>().All(item => IsSame(item.Text)) => list,
        YamlList list => new YamlMap(list.Place, [.. list.Items.OfType<YamlText>().Select(item => new YamlEntry(item, Move(item)))]),
        YamlText text when !IsSame(text.Text) => new YamlMap(text.Place, [new YamlEntry(text, Move(text))]),
        _ => node,
    };

    private bool IsSame(string path) => Path.IsPathRooted(path) || Path.GetFullPath(From) == Path.GetFullPath(To);
}
