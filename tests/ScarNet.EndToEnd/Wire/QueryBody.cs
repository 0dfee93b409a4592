using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Wire;

/// <summary>The form of a call of the query protocol as the structure that it stands for: <c>Tags.member.1.Key=x</c>.</summary>
internal static class QueryBody
{
    public static JsonElement Of(RecordedCall call)
    {
        var root = new JsonObject();
        foreach (var (name, value) in call.Form.Where(pair => pair.Key is not ("Action" or "Version")))
        {
            Put(root, name.Split('.'), value);
        }

        return JsonSerializer.SerializeToElement(root);
    }

    private static void Put(JsonObject into, ReadOnlySpan<string> names, string value)
    {
        if (names.Length == 1)
        {
            // A number is one again: text is the form's only type.
            into[names[0]] = names[0] == "MaxItems" ? int.Parse(value) : value;
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
