using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>
/// Reads task files, names in snake_case or in the camelCase of old servers. Unknown members are passed over, and so is what a server
/// sets: a task that was exported from one, whatever its state there, is run like any other.
/// </summary>
public static class TesReader
{
    /// <summary>A task has no deeper nesting than 4; this leaves room for members that are passed over.</summary>
    private const int MaxDepth = 32;

    /// <returns>The task, and nothing else; or what is wrong with it, all of it.</returns>
    public static (TesTask? Task, IReadOnlyList<TesProblem> Problems) Read(string json)
    {
        JsonNode? document;
        try
        {
            document = JsonNode.Parse(json, documentOptions: new() { MaxDepth = MaxDepth });
            return Read(document);
        }
        catch (JsonException e)
        {
            return (null, [new("", $"it is no JSON: {e.Message}")]);
        }
        catch (ArgumentException e)
        {
            return (null, [new("", $"a member occurs twice: {e.Message}")]); // objects are read when they are first looked into
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static (TesTask? Task, IReadOnlyList<TesProblem> Problems) Read(JsonNode? document)
    {
        var problems = new List<TesProblem>();
        if (document is not JsonObject members)
        {
            return (null, [new("", "a task is a JSON object")]);
        }

        var root = new TesMembers(members, "", problems);
        var task = new TesTask
        {
            Name = root.Text("name"),
            Description = root.Text("description"),
            Inputs = root.List("inputs", Input),
            Outputs = root.List("outputs", Output),
            Executors = root.List("executors", Executor),
            Volumes = root.Texts("volumes", required: false, ContainerDirectory),
            Tags = root.Map("tags"),
            Resources = root.Object("resources") is { } resources ? Resources(resources) : null,
        };
        if (problems.Count == 0)
        {
            problems.AddRange(TesRules.Check(task));
        }

        return problems.Count == 0 ? (task, []) : (null, problems);
    }

    private static TesInput Input(TesMembers members)
    {
        var content = members.Text("content") is { Length: > 0 } text ? text : null;
        var type = Type(members);
        return new(members.Path("path", type == TesFileType.Directory, required: true) ?? "")
        {
            Name = members.Text("name"),
            Description = members.Text("description"),
            Url = content is null ? members.Text("url", required: true) : null,
            Type = type,
            Content = content,
            Streamable = members.Flag("streamable"),
        };
    }

    private static TesOutput Output(TesMembers members)
    {
        var type = Type(members);
        return new(members.Text("url", required: true) ?? "", members.Path("path", type == TesFileType.Directory, required: true) ?? "")
        {
            Name = members.Text("name"),
            Description = members.Text("description"),
            PathPrefix = members.Text("path_prefix") is { Length: > 0 } prefix ? prefix : null,
            Type = type,
        };
    }

    private static TesExecutor Executor(TesMembers members) =>
        new(members.Text("image", required: true) ?? "", members.Texts("command", required: true, (_, _) => null))
        {
            Workdir = members.Path("workdir", directory: false, required: false),
            Stdin = members.Path("stdin", directory: false, required: false),
            Stdout = members.Path("stdout", directory: false, required: false),
            Stderr = members.Path("stderr", directory: false, required: false),
            Env = members.Map("env"),
            IgnoreError = members.Flag("ignore_error"),
        };

    private static TesResources Resources(TesMembers members) => new()
    {
        CpuCores = (int?)members.Number("cpu_cores", whole: true),
        Preemptible = members.Flag("preemptible"),
        RamGb = members.Number("ram_gb", whole: false),
        DiskGb = members.Number("disk_gb", whole: false),
        Zones = members.Texts("zones", required: false, (_, _) => null),
        BackendParameters = members.Map("backend_parameters"),
        BackendParametersStrict = members.Flag("backend_parameters_strict"),
    };

    private static TesFileType Type(TesMembers members)
    {
        switch (members.Text("type"))
        {
            case null or "" or "FILE":
                return TesFileType.File;
            case "DIRECTORY":
                return TesFileType.Directory;
            case var other:
                members.Problem("type", $"'{other}' is neither FILE nor DIRECTORY");
                return TesFileType.File;
        }
    }

    private static string? ContainerDirectory(string path, Action<string> complain) => TesMembers.Normalize(path, directory: true, complain);
}
