using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Access;

/// <summary>Bodies that the gateway has read, looked at without taking them away from the service.</summary>
internal static class RequestBody
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    public static byte[] Bytes(HttpContext context) => ((MemoryStream)context.Request.Body).ToArray();

    /// <summary>The form in the body, as every service of the query protocols reads it.</summary>
    public static Dictionary<string, StringValues> Form(HttpContext context) => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(Bytes(context)));

    /// <summary>The object in the body; an empty one when there is none. What is wrong with it is for the service to say.</summary>
    public static JsonElement Json(HttpContext context)
    {
        try
        {
            using var document = LenientJson.Read(Bytes(context));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    public static string? Text(this JsonElement json, string name) => json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
