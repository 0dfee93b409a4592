using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Wire;

/// <summary>The form of a call of the query protocol as the structure that it stands for: <c>Tags.member.1.Key=x</c>.</summary>
internal static class QueryBody
{
    private static readonly HashSet<string> flags = ["UsePreviousValue", "ImportExistingResources"];

    public static JsonElement Of(RecordedCall call)
    {
        var root = new JsonObject();
        foreach (var (name, value) in call.Form.Where(pair => pair.Key is not ("Action" or "Version")))
        {
            Put(root, name.Split('.'), value);
        }

        return JsonSerializer.SerializeToElement(Maps(root));
    }

    // MessageAttributes.entry.1.Name=x and .Value.…: the entry x of a map.
    private static JsonNode? Maps(JsonNode? node) => node switch
    {
        null => null,
        JsonObject { Count: 1 } map when map["entry"] is JsonArray entries => new JsonObject(
            entries.Select(entry => KeyValuePair.Create((string)entry!["Name"]!, Maps(entry["Value"])))),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Maps(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Maps)]),
        _ => node.DeepClone(),
    };

    private static void Put(JsonObject into, ReadOnlySpan<string> names, string value)
    {
        if (names.Length == 1)
        {
            // A number is one again, and a flag: text is the form's only type.
            into[names[0]] = names[0] == "MaxItems" ? int.Parse(value) : flags.Contains(names[0]) ? bool.Parse(value) : value;
            return;
        }

        if (names[1] is not ("member" or "entry") || names.Length == 2)
        {
            var inside = into[names[0]]?.AsObject() ?? [];
            into[names[0]] = inside;
            Put(inside, names[1..], value);
            return;
        }

        if (names[1] == "entry")
        {
            var map = into[names[0]]?.AsObject() ?? [];
            into[names[0]] = map;
            Put(map, ["entry", "member", .. names[2..]], value);
            return;
        }

        var list = into[names[0]]?.AsArray() ?? [];
        into[names[0]] = list;
        var index = names[1] == "member" ? int.Parse(names[2]) : throw new FormatException($"'{string.Join('.', names)}' is no list's member");
        while (list.Count < index)
        {
            list.Add(names.Length == 3 ? null : new JsonObject());
        }

        if (names.Length == 3)
        {
            list[index - 1] = value;
        }
        else
        {
            Put(list[index - 1]!.AsObject(), names[3..], value);
        }
    }
}
