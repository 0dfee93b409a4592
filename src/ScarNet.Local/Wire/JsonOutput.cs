using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Wire;

/// <summary>Writes answers of the JSON protocols.</summary>
internal static class JsonOutput
{
    public const string Rest = "application/json";
    public const string Json11 = "application/x-amz-json-1.1";

    /// <summary>Keeps quotes and letters readable: these bodies are never put into HTML.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Readable);

    public static string Text(JsonNode node) => node.ToJsonString(Readable);

    public static Task Write(HttpContext context, int status, JsonNode body, string contentType)
    {
        var bytes = Bytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, 0, bytes.Length, context.RequestAborted);
    }

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> values) =>
        new(values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)));

    public static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);

    public static JsonArray Texts(IEnumerable<string> items) => new([.. items.Select(i => (JsonNode)i)]);

    /// <summary>The object without its null members, as AWS's answers are.</summary>
    public static JsonObject WithoutNulls(JsonObject value)
    {
        foreach (var name in value.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            value.Remove(name);
        }

        return value;
    }
}
