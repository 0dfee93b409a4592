using System.Globalization;
using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>Reads what a resource says, everything in it resolved. What is missing or of another shape is the template's fault, and is named.</summary>
internal static class PropertyReading
{
    /// <summary>A member that must be there: a text, a number or a flag.</summary>
    /// <exception cref="Http.ApiException">It is missing, or a list or an object.</exception>
    public static string Text(this JsonNode? of, string name) => of.OptionalText(name) ?? throw Missing(name);

    /// <summary>Null when it is not there.</summary>
    /// <exception cref="Http.ApiException">It is a list or an object.</exception>
    public static string? OptionalText(this JsonNode? of, string name) => (of as JsonObject)?[name] switch
    {
        null => null,
        JsonValue value => value.ToString(),
        _ => throw Wrong(name, "String"),
    };

    /// <summary>A document that must be there, such as a policy: an object, or its text.</summary>
    public static string Document(this JsonNode? of, string name) => (of as JsonObject)?[name] switch
    {
        null => throw Missing(name),
        JsonObject document => document.ToJsonString(),
        var text => Text(of, name) is { Length: > 0 } written ? written : throw Wrong(name, text.GetValueKind().ToString()),
    };

    /// <summary>The objects of a list; none when it is not there.</summary>
    /// <exception cref="Http.ApiException">It is no list of objects.</exception>
    public static IReadOnlyList<JsonObject> Items(this JsonNode? of, string name) => (of as JsonObject)?[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => item as JsonObject ?? throw Wrong(name, "JSONObject"))],
        _ => throw Wrong(name, "JSONArray"),
    };

    /// <summary>The texts of a list; none when it is not there.</summary>
    /// <exception cref="Http.ApiException">It is no list of texts.</exception>
    public static IReadOnlyList<string> Texts(this JsonNode? of, string name) => (of as JsonObject)?[name] switch
    {
        null => [],
        JsonArray list => [.. list.Select(item => item as JsonValue ?? throw Wrong(name, "String")).Select(item => item.ToString())],
        _ => throw Wrong(name, "JSONArray"),
    };

    /// <summary>A whole number, which templates also write as text.</summary>
    /// <exception cref="Http.ApiException">It is none, or one beyond 32 bits.</exception>
    public static int Whole(JsonNode value, string name) => value is JsonValue
        && int.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong(name, "Integer");

    /// <summary>Tags as most types have them: a list of Key and Value.</summary>
    /// <exception cref="Http.ApiException">A key is there twice.</exception>
    public static IReadOnlyDictionary<string, string> Tags(this JsonNode? of) =>
        Unique(of.Items("Tags"), tag => tag.Text("Key"), tag => tag.Text("Value"), "tag key");

    /// <summary>What a list says by name.</summary>
    /// <exception cref="Http.ApiException">A name is there twice.</exception>
    public static IReadOnlyDictionary<string, string> Unique(IEnumerable<JsonObject> items, Func<JsonObject, string> key, Func<JsonObject, string> value, string what)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            _ = all.TryAdd(key(item), value(item)) ? true : throw StackFault.Invalid($"Properties validation failed: duplicate {what} '{key(item)}'");
        }

        return all;
    }

    private static Http.ApiException Missing(string name) => StackFault.Invalid($"Properties validation failed: required key [{name}] not found");

    private static Http.ApiException Wrong(string name, string expected) => StackFault.Invalid($"Properties validation failed: {name}: expected type: {expected}");
}
