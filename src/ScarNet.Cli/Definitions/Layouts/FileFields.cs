using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>Files beside the function file that are deployed with the function.</summary>
internal static class FileFields
{
    private static readonly Kind<IReadOnlyList<LocalFile>> Files = new("files", ReadFiles);

    private static readonly Kind<string> Package = new("file or directory", ReadPackage);

    public static IReadOnlyList<Field<F>> All { get; } =
    [
        ItemPlaces.Of(OwnFields.Of("files", Files, nameof(F.Files), (f, v) => f with { Files = v }), nameof(F.Files)),
        OwnFields.Of("package", Package, nameof(F.Package), (f, v) => f with { Package = v }),
    ];

    private static bool ReadFiles(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out IReadOnlyList<LocalFile> value)
    {
        var files = new List<LocalFile>();
        value = files;
        return node switch
        {
            YamlMap map => map.Entries.Aggregate(true, (good, entry) => Add(reading, entry.Value, $"{field}.{entry.Name}", entry.Name, files) && good),
            YamlList list => list.Items.Index().Aggregate(true, (good, item) => Add(reading, item.Item, $"{field}[{item.Index}]", null, files) && good),
            _ => Add(reading, node, field, null, files),
        };
    }

    private static bool Add(Reading reading, YamlNode node, string field, string? path, List<LocalFile> files)
    {
        if (!ReadPackage(reading, node, field, out var source))
        {
            return false;
        }

        files.Add(new(LocalFile.Clean(path ?? ((YamlText)node).Text), source));
        return true;
    }

    private static bool ReadPackage(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlText { Text.Length: > 0 } text || text.Text.Contains('\0', StringComparison.Ordinal))
        {
            reading.WrongType(node, field, "the path of a file or a directory");
            return false;
        }

        var path = Path.GetFullPath(Path.Combine(reading.Directory, text.Text));
        if (!reading.FileExists(path) && !Directory.Exists(path))
        {
            reading.Error(node.Place, $"{field} '{text.Text}' of {reading.Owner} was not found", "a relative path starts from the directory of the function file");
            return false;
        }

        value = Path.TrimEndingDirectorySeparator(path);
        return true;
    }
}
