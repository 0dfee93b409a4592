using System.Text.Json;

namespace ScarNet.Local.Wire;

/// <summary>Tags and attributes as the database keeps them: a JSON object of texts.</summary>
internal static class TextMap
{
    public static Dictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal);
    }
}
