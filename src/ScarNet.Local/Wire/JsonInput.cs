using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;

namespace ScarNet.Local.Wire;

/// <summary>A JSON object that a client sent. A member of another type than the service's is a SerializationException, as AWS's are.</summary>
internal sealed class JsonInput(JsonElement element)
{
    private static readonly JsonElement Empty = JsonDocument.Parse("{}").RootElement;

    public JsonElement Element => element;

    /// <summary>Reads the body; an empty one is an empty object.</summary>
    public static async Task<JsonInput> Read(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    /// <summary>Reads a body; an empty one is an empty object.</summary>
    public static JsonInput Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
        {
            return new JsonInput(Empty);
        }

        try
        {
            using var document = LenientJson.Read(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonInput(document.RootElement.Clone())
                : throw Malformed("the body is not an object");
        }
        catch (JsonException e)
        {
            throw Malformed(e.Message);
        }
    }

    public bool Has(string name) => Member(name) is not null;

    public string? Text(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    public long? Number(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        _ => throw Wrong(name, "a whole number"),
    };

    public bool? Flag(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public JsonInput? Object(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonInput(value),
        _ => throw Wrong(name, "an object"),
    };

    public byte[]? Bytes(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw Wrong(name, "base64");
        }
    }

    public IReadOnlyList<string>? Texts(string name) => Items(name)?
        .Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "a list of strings"))
        .ToList();

    public IReadOnlyList<JsonInput>? Objects(string name) => Items(name)?
        .Select(item => item.ValueKind == JsonValueKind.Object ? new JsonInput(item) : throw Wrong(name, "a list of objects"))
        .ToList();

    /// <summary>An object whose values are strings, in its order; of members of one name the last counts.</summary>
    public IReadOnlyDictionary<string, string>? Map(string name) => Object(name)?.Element.EnumerateObject()
        .Select(member => (member.Name, Value: member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : throw Wrong(name, "a map of strings")))
        .GroupBy(member => member.Name, (key, members) => KeyValuePair.Create(key, members.Last().Value)).ToDictionary();

    private static ApiException Malformed(string why) => new(400, "SerializationException", $"The request cannot be read: {why}");

    private static ApiException Wrong(string name, string expected) => Malformed($"'{name}' must be {expected}");

    private List<JsonElement>? Items(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw Wrong(name, "a list"),
    };

    private JsonElement? Member(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
