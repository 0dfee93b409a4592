using System.Text.Json.Nodes;

namespace ScarNet.Core.Tasks;

/// <summary>Changes a task file before it is read: where its named inputs come from and its named outputs go.</summary>
public static class TesOverrides
{
    /// <summary>Name of the input that an object of an event becomes.</summary>
    public const string ObjectInput = "input";

    /// <summary>Sets the url of every input of a name; its content, which would win, goes.</summary>
    /// <exception cref="ScarException">There is none of that name.</exception>
    public static void SetInput(JsonObject task, string name, string url)
    {
        foreach (var input in Named(task, "inputs", name))
        {
            input["url"] = url;
            input.Remove("content");
        }
    }

    /// <summary>Sets the url of every output of a name.</summary>
    /// <exception cref="ScarException">There is none of that name.</exception>
    public static void SetOutput(JsonObject task, string name, string url)
    {
        foreach (var output in Named(task, "outputs", name))
        {
            output["url"] = url;
        }
    }

    /// <summary>
    /// Makes an object the input of the task: the one named <see cref="ObjectInput"/>, else the first that has neither url nor content.
    /// </summary>
    /// <exception cref="ScarException">There is neither.</exception>
    public static void SetObject(JsonObject task, string url)
    {
        var input = OfObject(task) ?? throw new ScarException(
            "no input of the task takes the object", $"name one '{ObjectInput}', or leave one without url and content");
        input["url"] = url;
        input.Remove("content");
    }

    /// <summary>Whether there is an input that <see cref="SetObject"/> can set.</summary>
    public static bool TakesObject(JsonObject task) => OfObject(task) is not null;

    private static JsonObject? OfObject(JsonObject task)
    {
        var inputs = Items(task, "inputs");
        return inputs.FirstOrDefault(input => Text(input, "name") == ObjectInput)
            ?? inputs.FirstOrDefault(input => Text(input, "url") is null or "" && Text(input, "content") is null or "");
    }

    private static List<JsonObject> Named(JsonObject task, string list, string name)
    {
        var items = Items(task, list);
        var found = items.Where(item => Text(item, "name") == name).ToList();
        if (found.Count > 0)
        {
            return found;
        }

        var names = items.Select(item => Text(item, "name")).OfType<string>().Where(n => n.Length > 0).ToList();
        throw new ScarException(
            $"the task has nothing named '{name}' among its {list}",
            names.Count == 0 ? $"give it one: \"name\": \"{name}\"" : $"there is '{string.Join("', '", names)}'");
    }

    private static List<JsonObject> Items(JsonObject task, string list) => task[list] is JsonArray items ? [.. items.OfType<JsonObject>()] : [];

    private static string? Text(JsonObject item, string name) => item[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
