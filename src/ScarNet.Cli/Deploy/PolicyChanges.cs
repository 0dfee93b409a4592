using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.Cli.Deploy;

/// <summary>What two policies say differently, statement by statement: whole policies side by side are for nobody's eyes.</summary>
internal static class PolicyChanges
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="field">What the policy is called.</param>
    /// <param name="old">JSON; null when there is none.</param>
    /// <param name="wanted">JSON.</param>
    public static IReadOnlyList<StepChange> Between(string field, string? old, string wanted)
    {
        var (before, after) = (Statements(old), Statements(wanted));
        var changes = before.Keys.Union(after.Keys)
            .Where(sid => before.GetValueOrDefault(sid) != after.GetValueOrDefault(sid))
            .Select(sid => new StepChange(sid.Length == 0 ? field : $"{field} {sid}", before.GetValueOrDefault(sid), after.GetValueOrDefault(sid)))
            .ToList();
        return changes.Count > 0 ? changes : [new(field, old, wanted)];
    }

    /// <summary>By Sid, without it; by number where there is none, and by nothing where there is but one.</summary>
    private static Dictionary<string, string> Statements(string? policy)
    {
        try
        {
            return (policy is null ? null : JsonNode.Parse(policy)?["Statement"]) switch
            {
                JsonArray several => several.OfType<JsonObject>().Select((s, i) => (Sid: Sid(s) ?? (several.Count == 1 ? "" : $"{i + 1}"), Text: Text(s)))
                    .GroupBy(s => s.Sid).ToDictionary(group => group.Key, group => string.Join(", ", group.Select(s => s.Text))),
                JsonObject one => new() { [Sid(one) ?? ""] = Text(one) },
                _ => [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return []; // no policy that could be read: all of it is shown
        }
    }

    private static string? Sid(JsonObject statement) => statement["Sid"]?.GetValue<string>();

    private static string Text(JsonObject statement)
    {
        var copy = statement.DeepClone().AsObject();
        copy.Remove("Sid");
        return copy.ToJsonString(Readable);
    }
}
