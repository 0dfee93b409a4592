using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sns;

/// <summary>The form of a call of the query protocol.</summary>
internal sealed class SnsForm(IReadOnlyDictionary<string, StringValues> values)
{
    public string? this[string name] => values.TryGetValue(name, out var value) ? value.ToString() : null;

    public static SnsForm Read(byte[] body) => new(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));

    /// <exception cref="Http.ApiException">It is missing.</exception>
    public string Required(string name) => this[name] is { Length: > 0 } value ? value : throw SnsFault.Parameter(name);

    public Dictionary<string, string> Attributes() => Pairs("Attributes.entry", "key", "value");

    public Dictionary<string, string> Tags() => Pairs("Tags.member", "Key", "Value");

    public IReadOnlyList<string> TagKeys() =>
        [.. Enumerable.Range(1, int.MaxValue).Select(i => this[$"TagKeys.member.{i}"]).TakeWhile(key => key is not null).OfType<string>()];

    /// <exception cref="Http.ApiException">One has no type, or no value of it.</exception>
    public JsonObject MessageAttributes()
    {
        var attributes = new JsonObject();
        for (var i = 1; this[$"MessageAttributes.entry.{i}.Name"] is { } name; i++)
        {
            var (type, text, bytes) = (Value(i, "DataType"), Value(i, "StringValue"), Value(i, "BinaryValue"));
            attributes[name] = Fits(type, text, bytes)
                ? JsonOutput.WithoutNulls(new JsonObject { ["DataType"] = type, ["StringValue"] = text, ["BinaryValue"] = bytes })
                : throw SnsFault.Value($"The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{type}'.");
        }

        return attributes;
    }

    private static bool Fits(string? type, string? text, string? bytes) => type?.Split('.')[0] switch
    {
        "String" => text is { Length: > 0 },
        "Number" => TopicMessage.Number(text) is not null,
        "Binary" => bytes is { Length: > 0 },
        _ => false,
    };

    private string? Value(int i, string member) => this[$"MessageAttributes.entry.{i}.Value.{member}"];

    private Dictionary<string, string> Pairs(string list, string key, string value)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; this[$"{list}.{i}.{key}"] is { } name; i++)
        {
            pairs[name] = this[$"{list}.{i}.{value}"] ?? "";
        }

        return pairs;
    }
}
