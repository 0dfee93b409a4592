using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Local.Batch;

/// <summary>Reads members of a request. A value of the wrong type is the caller's mistake; null and a missing member are the same.</summary>
internal static class Members
{
    public static string? Text(this JsonObject from, string name) => Read<string>(from, name, "a string");

    public static string Required(this JsonObject from, string name) =>
        from.Text(name) is { Length: > 0 } text ? text : throw BatchFault.Client($"{name} is required and must not be empty");

    public static int? Integer(this JsonObject from, string name) => from[name] is null ? null : Read<int>(from, name, "an integer");

    public static bool Flag(this JsonObject from, string name) => from[name] is not null && Read<bool>(from, name, "a boolean");

    public static JsonObject? Object(this JsonObject from, string name) => from[name] switch
    {
        null => null,
        JsonObject value => value,
        _ => throw Wrong(name, "an object"),
    };

    public static IReadOnlyList<JsonObject> Objects(this JsonObject from, string name) =>
        [.. Items(from, name).Select(item => item as JsonObject ?? throw Wrong(name, "a list of objects"))];

    public static IReadOnlyList<string> Texts(this JsonObject from, string name) =>
        [.. Items(from, name).Select(item => Value<string>(item, name, "a list of strings")!)];

    /// <summary>An object whose values are strings.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonObject from, string name) =>
        (from.Object(name) ?? []).ToDictionary(
            member => member.Key, member => Value<string>(member.Value, name, "a map of strings") ?? throw Wrong(name, "a map of strings"));

    /// <summary>A list of <c>{name, value}</c>, as environments are; a later one wins.</summary>
    public static IReadOnlyDictionary<string, string> Pairs(this JsonObject from, string name)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var pair in from.Objects(name))
        {
            pairs[pair.Required("name")] = pair.Text("value") ?? "";
        }

        return pairs;
    }

    /// <summary>A copy of some members, those that are missing left out.</summary>
    public static JsonObject Copy(this JsonObject from, params ReadOnlySpan<string> names)
    {
        var copy = new JsonObject();
        foreach (var name in names)
        {
            if (from[name] is { } value)
            {
                copy[name] = value.DeepClone();
            }
        }

        return copy;
    }

    private static JsonArray Items(JsonObject from, string name) => from[name] switch
    {
        null => [],
        JsonArray list when !list.Contains(null) => list,
        _ => throw Wrong(name, "a list without nulls"),
    };

    private static T? Read<T>(JsonObject from, string name, string expected) => Value<T>(from[name], name, expected);

    private static T? Value<T>(JsonNode? node, string name, string expected)
    {
        try
        {
            return node is null ? default : node.GetValue<T>();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException)
        {
            throw Wrong(name, expected);
        }
    }

    private static Http.ApiException Wrong(string name, string expected) => BatchFault.Client($"{name} must be {expected}");
}
