using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>A CWL CommandLineTool, as far as a function that runs it must know it.</summary>
/// <param name="Inputs">In the order of the file.</param>
/// <param name="NeedsDocker">Whether it can run in no container but its own.</param>
public sealed record CwlTool(IReadOnlyList<CwlInput> Inputs, bool NeedsDocker)
{
    private static readonly string[] ObjectNames = ["input", "input_file"];

    /// <summary>
    /// The input that the object of a run becomes: the file called <c>input</c> or <c>input_file</c>, else the first that the tool cannot
    /// do without; null when there is none.
    /// </summary>
    public CwlInput? ObjectInput(IEnumerable<string> given)
    {
        CwlInput[] files = [.. Inputs.Where(input => input.Kind == CwlInputKind.File && !given.Contains(input.Name))];
        return files.FirstOrDefault(input => ObjectNames.Contains(input.Name)) ?? files.FirstOrDefault(input => !input.IsOptional);
    }

    /// <summary>cwltool's input object for one run.</summary>
    /// <param name="file">Absolute path of what started it; null when nothing did.</param>
    /// <param name="inputs">Absolute paths of the further inputs, by name.</param>
    public JsonObject Job(string? file, IReadOnlyDictionary<string, IReadOnlyList<string>> inputs)
    {
        var job = new JsonObject();
        if (file is not null && ObjectInput(inputs.Keys) is { } first)
        {
            job[first.Name] = Value(first, [file]);
        }

        foreach (var input in Inputs.Where(input => inputs.TryGetValue(input.Name, out var paths) && (paths.Count > 0 || input.IsList)))
        {
            job[input.Name] = Value(input, inputs[input.Name]);
        }

        return job;
    }

    /// <exception cref="ScarException">There are several, and the input takes one.</exception>
    private static JsonNode Value(CwlInput input, IReadOnlyList<string> paths)
    {
        JsonObject[] files = [.. paths.Select(path => new JsonObject { ["class"] = $"{input.Kind}", ["path"] = path })];
        return input.IsList ? new JsonArray([.. files])
            : files is [var only] ? only
            : throw new ScarException($"the tool's input '{input.Name}' takes one {input.Kind}, and there are {files.Length}");
    }
}
