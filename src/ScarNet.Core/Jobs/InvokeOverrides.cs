using System.Text;
using System.Text.Json;

namespace ScarNet.Core.Jobs;

/// <summary>What a direct call may ask for in place of the function's own script and arguments, in SCAR's words.</summary>
/// <param name="Script">Bytes of another script, from <c>script</c> (base64); null keeps the function's.</param>
/// <param name="Arguments">From <c>cmd_args</c>, a list or a text that holds one as JSON; null keeps the function's.</param>
public sealed record InvokeOverrides(byte[]? Script, IReadOnlyList<string>? Arguments)
{
    public static InvokeOverrides None { get; } = new(null, null);

    /// <summary>Member of a payload with the values of parameters.</summary>
    public const string ParametersMember = "parameters";

    /// <param name="payload">What the function was called with.</param>
    /// <exception cref="ScarException">One of the two fields is there and not what it must be.</exception>
    public static InvokeOverrides Read(string? payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload ?? "null");
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? new(ScriptOf(root), ArgumentsOf(root)) : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    /// <summary>Values of parameters, from the member <c>parameters</c> of what a function is called with; of an object event too.</summary>
    /// <exception cref="ScarException">The member is there and not what it must be.</exception>
    public static IReadOnlyDictionary<string, string> ParametersOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(ParametersMember, out var parameters) && parameters.ValueKind != JsonValueKind.Null
                ? Values(parameters)
                : new Dictionary<string, string>();
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(); // text of another kind is data
        }
    }

    private static Dictionary<string, string> Values(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object)
        {
            throw new ScarException("'parameters' of the payload is no object", "{\"sample\": \"NA12878\"} would be right");
        }

        var values = new Dictionary<string, string>();
        foreach (var member in parameters.EnumerateObject())
        {
            var value = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText();
            if (!values.TryAdd(member.Name, value))
            {
                throw new ScarException($"'parameters' of the payload has '{member.Name}' twice", "one value for each would be right");
            }
        }

        return values;
    }

    private static byte[]? ScriptOf(JsonElement payload)
    {
        if (!payload.TryGetProperty("script", out var script) || script.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return script.ValueKind == JsonValueKind.String && script.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new ScarException("'script' of the payload is no base64 text", "base64 of the script's bytes would be right");
    }

    private static List<string>? ArgumentsOf(JsonElement payload)
    {
        if (!payload.TryGetProperty("cmd_args", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            using var inner = value.ValueKind == JsonValueKind.String
                ? JsonDocument.Parse(value.GetString()!)
                : JsonDocument.Parse(Encoding.UTF8.GetBytes(value.GetRawText()));
            return [.. inner.RootElement.EnumerateArray().Select(item => item.GetString()!)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ScarException("'cmd_args' of the payload is no list of texts", "[\"--fast\", \"3\"] would be right");
        }
    }
}
