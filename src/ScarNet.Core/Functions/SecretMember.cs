using System.Text.Json;

namespace ScarNet.Core.Functions;

/// <summary>One value of the JSON object that a secret holds.</summary>
public static class SecretMember
{
    /// <param name="text">The secret.</param>
    /// <param name="key">Key of the object.</param>
    /// <returns>A text as it is, everything else as it is written there; null when there is no such value, or the secret is no JSON object.</returns>
    public static string? Of(string text, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out var value)
                ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Null => null, _ => value.GetRawText() }
                : null;
        }
        catch (JsonException)
        {
            return null; // the parser's own words would quote what it has read
        }
    }
}
