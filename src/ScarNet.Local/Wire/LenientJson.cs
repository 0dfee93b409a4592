using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ScarNet.Local.Wire;

/// <summary>
/// JSON that functions and clients wrote. The grammar lets through what has no text (half a surrogate pair, as Python writes it for a file name
/// that is no UTF-8) and members that are there twice; here the first becomes U+FFFD, and of the second the last counts.
/// </summary>
internal static class LenientJson
{
    /// <summary>Readers take 64 by default; records and events put what they carry a few levels deeper.</summary>
    private const int MaxDepth = 56;

    private const string Replacement = @"\ufffd";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <exception cref="JsonException">It is no JSON, or nested more than 56 levels deep.</exception>
    public static JsonDocument Read(string json) => JsonDocument.Parse(Repaired(json), Options);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="json">UTF-8; what is none becomes U+FFFD too.</param>
    public static JsonDocument Read(ReadOnlyMemory<byte> json) =>
        Utf8.IsValid(json.Span) && json.Span.IndexOf("\\ud"u8) < 0 && json.Span.IndexOf("\\uD"u8) < 0
            ? JsonDocument.Parse(json, Options)
            : Read(Encoding.UTF8.GetString(json.Span));

    /// <inheritdoc cref="Read(string)"/>
    public static JsonNode? Parse(string json)
    {
        using var document = Read(json);
        return Node(document.RootElement);
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Node)]),
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()), // a number stays as it was written
    };

    private static JsonObject Object(JsonElement element)
    {
        var made = new JsonObject();
        foreach (var member in element.EnumerateObject())
        {
            made[member.Name] = Node(member.Value);
        }

        return made;
    }

    private static string Repaired(string json)
    {
        if (!json.Contains(@"\ud", StringComparison.OrdinalIgnoreCase))
        {
            return json;
        }

        var repaired = json.ToCharArray();
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
            {
                continue;
            }

            if (Unit(json, i) is not { } unit)
            {
                i++; // another escape, which may be of a backslash
                continue;
            }

            if (char.IsHighSurrogate(unit) && Unit(json, i + Replacement.Length) is { } next && char.IsLowSurrogate(next))
            {
                i += Replacement.Length;
            }
            else if (char.IsSurrogate(unit))
            {
                Replacement.CopyTo(0, repaired, i, Replacement.Length);
            }

            i += Replacement.Length - 1;
        }

        return new string(repaired);
    }

    /// <summary>The UTF-16 unit of an escape such as <c>\u00e9</c>; null when there is none.</summary>
    private static char? Unit(string json, int at) =>
        at + Replacement.Length <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
