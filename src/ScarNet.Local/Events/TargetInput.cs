using System.Text;
using System.Text.Json;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Events;

/// <summary>What a target gets of an event: all of it, the part that InputPath names, or the text of Input.</summary>
internal static class TargetInput
{
    private const string Root = "$";

    /// <param name="target">The target as it was given.</param>
    /// <param name="document">The event.</param>
    public static byte[] Of(JsonInput target, JsonElement document)
    {
        if (target.Text("Input") is { } input)
        {
            return Encoding.UTF8.GetBytes(input);
        }

        var part = target.Text("InputPath") is { } path ? At(path, document) : document;
        return Encoding.UTF8.GetBytes(part?.GetRawText() ?? "null");
    }

    /// <exception cref="Http.ApiException">The target says what to send in a way that does not exist here.</exception>
    public static void Check(JsonInput target)
    {
        if (target.Text("Input") is { } input && !IsJson(input))
        {
            throw EventsFault.Invalid($"Parameter {input} is not valid. Reason: Input is not valid JSON.");
        }

        if (target.Text("InputPath") is { } path && path != Root && !path.StartsWith(Root + ".", StringComparison.Ordinal))
        {
            throw EventsFault.Invalid($"Invalid InputPath: '{path}' must be in JSON dot notation, such as '$.detail'.");
        }

        if (target.Has("InputTransformer"))
        {
            throw EventsFault.Invalid("The local engine has Input and InputPath, but no InputTransformer.");
        }
    }

    private static JsonElement? At(string path, JsonElement document)
    {
        JsonElement? at = document;
        foreach (var name in path.Split('.').Skip(1))
        {
            at = at is { ValueKind: JsonValueKind.Object } from && from.TryGetProperty(name, out var member) ? member : null;
        }

        return at;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
