using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>The command line's values as the block of a short-layout function that says the same.</summary>
internal static class FlagTree
{
    /// <summary>Null when there are none.</summary>
    public static YamlMap? Of(IReadOnlyList<DefinitionFlag> flags) =>
        flags.Count == 0 ? null : Map([.. flags.Select(flag => (flag.Field.Split('.', 3), flag))], 0);

    private static YamlMap Map(IReadOnlyList<(string[] Path, DefinitionFlag Flag)> flags, int depth) => new(
        PlaceOf(flags[0].Flag),
        [.. flags.GroupBy(flag => flag.Path[depth]).Select(group => new YamlEntry(
            new YamlText(PlaceOf(group.First().Flag), group.Key, true, 0), Value([.. group], depth)))]);

    private static YamlNode Value(IReadOnlyList<(string[] Path, DefinitionFlag Flag)> flags, int depth)
    {
        if (flags.All(flag => flag.Path.Length > depth + 1))
        {
            return Map(flags, depth + 1);
        }

        var texts = flags.Select(flag => new YamlText(PlaceOf(flag.Flag), flag.Flag.Value, true, 0)).ToList();
        return texts.Count == 1 ? texts[0] : new YamlList(texts[0].Place, texts);
    }

    private static Place PlaceOf(DefinitionFlag flag) => new(flag.Option, 0, 0);
}
