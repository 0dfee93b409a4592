using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>Paths of files beside the function file.</summary>
internal static class FilePaths
{
    /// <summary>A file that is there, as an absolute path. Relative ones start from the function file's directory.</summary>
    public static readonly Kind<string> Existing = new("file", Read);

    private static bool Read(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out string value)
    {
        value = null;
        if (node is not YamlText { Text.Length: > 0 } text || text.Text.Contains('\0', StringComparison.Ordinal))
        {
            reading.WrongType(node, field, "the path of a file");
            return false;
        }

        var path = Path.GetFullPath(Path.Combine(reading.Directory, text.Text));
        if (!reading.FileExists(path))
        {
            reading.Error(node.Place, $"{field} '{text.Text}' of {reading.Owner} was not found", "a relative path starts from the directory of the function file");
            return false;
        }

        value = path;
        return true;
    }
}
