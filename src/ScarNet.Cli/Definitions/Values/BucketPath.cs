using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Definitions.Values;

/// <summary>A bucket and perhaps a folder in it.</summary>
/// <param name="Bucket">The bucket's name; whether it is a good one is DefinitionRules' business.</param>
/// <param name="Prefix">Empty or ending in '/', whatever slashes the file had around it.</param>
internal sealed record BucketPath(string Bucket, string Prefix)
{
    public static readonly Kind<BucketPath> Kind = new("bucket/prefix", Read);

    /// <summary>A folder as a prefix: without a leading slash, with one behind.</summary>
    public static string FolderPrefix(string folder) => folder.Trim('/') is { Length: > 0 } trimmed ? trimmed + "/" : "";

    private static bool Read(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out BucketPath value)
    {
        value = null;
        if (node is not YamlText text)
        {
            reading.WrongType(node, field, "bucket/prefix");
            return false;
        }

        var path = (text.Text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase) ? text.Text[5..] : text.Text).Trim('/');
        if (path.Length == 0)
        {
            reading.WrongType(node, field, "bucket/prefix", "for example 'my-bucket/input'");
            return false;
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        value = slash < 0 ? new BucketPath(path, "") : new BucketPath(path[..slash], path[(slash + 1)..] + "/");
        if (value.Prefix.Length > 0 && value.Prefix[..^1].Split('/').Any(part => part is "" or "." or ".."))
        {
            reading.Error(
                node.Place,
                $"'{field}' of {reading.Owner} has an empty part, '.' or '..' between its slashes: {text.Description}",
                "object keys are no file paths: write the prefix as it is, for example 'my-bucket/input/2026'");
            return false;
        }

        return true;
    }
}
