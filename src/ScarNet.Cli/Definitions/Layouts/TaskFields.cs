using System.Diagnostics.CodeAnalysis;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Cli.Definitions.Yaml;
using ScarNet.Core.Functions;
using ScarNet.Core.Tasks;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>Files of other workflow languages in place of a script: read, and checked, with the function.</summary>
internal static class TaskFields
{
    private static readonly Kind<ScriptSource> Task = new(FilePaths.Existing.Name, ReadTask);
    private static readonly Kind<ScriptSource> Cwl = new(FilePaths.Existing.Name, ReadCwl);

    public static IReadOnlyList<Field<F>> All { get; } =
    [
        OwnFields.Of("task", Task, nameof(F.Script), (f, v) => f with { Script = v, Outputs = v.Task!.Outputs }),
        OwnFields.Of("cwl", Cwl, nameof(F.Script), (f, v) => f with { Script = v }),
    ];

    private static bool ReadCwl(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out ScriptSource value)
    {
        value = null;
        if (!ReadText(reading, node, field, out var path, out var text))
        {
            return false;
        }

        var tool = CwlReader.Read(
            new(((YamlText)node).Text, Path.GetDirectoryName(path)!, text),
            problem => reading.Error(node.Place, $"{field} of {reading.Owner}: {problem.Place}: {problem.Message}", problem.Hint));
        value = tool is null ? null : ScriptSource.File(path) with { Cwl = tool };
        return value is not null;
    }

    private static bool ReadTask(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out ScriptSource value)
    {
        value = null;
        if (!ReadText(reading, node, field, out var path, out var json))
        {
            return false;
        }

        var (file, problems) = TaskFile.Read(json);
        foreach (var problem in problems)
        {
            reading.Error(node.Place, $"{field} '{((YamlText)node).Text}' of {reading.Owner}: {problem}");
        }

        value = file is null ? null : ScriptSource.File(path) with { Task = file };
        return value is not null;
    }

    private static bool ReadText(Reading reading, YamlNode node, string field, [MaybeNullWhen(false)] out string path, [MaybeNullWhen(false)] out string text)
    {
        text = null;
        if (!FilePaths.Existing.TryRead(reading, node, field, out path))
        {
            return false;
        }

        try
        {
            text = File.ReadAllText(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reading.Error(node.Place, $"{field} '{((YamlText)node).Text}' of {reading.Owner} cannot be read: {e.Message}");
            return false;
        }
    }
}
