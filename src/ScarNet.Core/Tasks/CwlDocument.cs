using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>
/// What a CWL tool and its parameter file say of files. A parameter file, as Dockstore has them, names where inputs come from and,
/// under the names of outputs, where results go. Source: commonwl.org/v1.2/CommandLineTool.html
/// </summary>
public static class CwlDocument
{
    /// <summary>Names of a tool's outputs.</summary>
    /// <param name="packed">As <c>cwltool --pack</c> prints it: the tool, or a $graph with one called main.</param>
    /// <exception cref="ScarException">It is no CWL.</exception>
    public static IReadOnlyList<string> Outputs(JsonObject packed)
    {
        var tool = packed["$graph"] is JsonArray graph
            ? graph.OfType<JsonObject>().FirstOrDefault(item => Text(item, "id") is "#main" or "main")
            : packed;
        return tool?["outputs"] switch
        {
            JsonArray list => [.. list.OfType<JsonObject>().Select(output => Text(output, "id")).OfType<string>().Select(Last)],
            JsonObject map => [.. map.Select(output => Last(output.Key))],
            _ => throw new ScarException("cwltool finds no outputs in the tool", "a CommandLineTool or Workflow has 'outputs'"),
        };
    }

    /// <summary>Every object of class File or Directory in a value, those inside others after them.</summary>
    public static IEnumerable<JsonObject> Files(JsonNode? value) => value switch
    {
        JsonObject { } item when IsFile(item) => [item, .. Files(item["secondaryFiles"])],
        JsonObject item => item.SelectMany(member => Files(member.Value)),
        JsonArray list => list.SelectMany(Files),
        _ => [],
    };

    public static bool IsDirectory(JsonObject file) => Text(file, "class") == "Directory";

    /// <summary>Where a file is: its path or location; null for one that is written out in the file itself.</summary>
    public static string? Place(JsonObject file) => Text(file, "path") ?? Text(file, "location");

    /// <summary>Where the result of an output goes: each file, and its address.</summary>
    /// <param name="name">Of the output.</param>
    /// <param name="result">What cwltool says came out.</param>
    /// <param name="target">What the parameter file has under the output's name.</param>
    /// <exception cref="ScarException">The two do not fit.</exception>
    public static IReadOnlyList<(JsonObject File, string Url)> Targets(string name, JsonNode? result, JsonNode? target)
    {
        switch (result, target)
        {
            case (null, _):
                return [];
            case (JsonObject file, JsonObject place) when IsFile(file) && Place(place) is { } url:
                var beside = url[..(url.LastIndexOf('/') + 1)];
                return [(file, url), .. Files(file["secondaryFiles"]).Select(other => (other, beside + Text(other, "basename")))];
            case (JsonArray files, JsonArray places) when files.Count == places.Count:
                return [.. files.Zip(places).SelectMany(pair => Targets(name, pair.First, pair.Second))];
            case (JsonArray files, JsonObject place) when Place(place) is { } url:
                return [.. files.SelectMany(Files).Select(file => (file, $"{url.TrimEnd('/')}/{Text(file, "basename")}"))];
            default:
                throw new ScarException(
                    $"output '{name}' does not fit the parameter file",
                    "a file goes to {\"class\": \"File\", \"path\": \"s3://…\"}, a list to as many of them, or to one whose path is a directory");
        }
    }

    private static bool IsFile(JsonObject item) => Text(item, "class") is "File" or "Directory";

    private static string Last(string id) => id[(id.LastIndexOfAny(['/', '#']) + 1)..];

    private static string? Text(JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
