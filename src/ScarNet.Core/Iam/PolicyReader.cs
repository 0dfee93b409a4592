using System.Text.Json;

namespace ScarNet.Core.Iam;

/// <summary>Reads the policies that others wrote. Everywhere one text may stand for a list of one; names are as AWS spells them.</summary>
public static class PolicyReader
{
    /// <exception cref="FormatException">It is no policy; the message says what is wrong.</exception>
    public static PolicyDocument Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("Statement", out var statements))
            {
                throw new FormatException("Syntax errors in policy: it has no Statement.");
            }

            return new(statements.ValueKind == JsonValueKind.Array ? [.. statements.EnumerateArray().Select(Statement)] : [Statement(statements)]);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Syntax errors in policy: {e.Message}", e);
        }
    }

    /// <summary>Whether two texts are the same policy, however they are written: by order of members, by white space, by a list of one.</summary>
    public static bool AreSame(string one, PolicyDocument other)
    {
        try
        {
            return Canonical(Read(one)) == Canonical(other);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Neither statements nor what they list have an order that means something.
    private static string Canonical(PolicyDocument policy)
    {
        var statements = policy.Statements.Select(s => new PolicyDocument([s with
        {
            Actions = Sorted(s.Actions),
            NotActions = Sorted(s.NotActions),
            Resources = Sorted(s.Resources),
            NotResources = Sorted(s.NotResources),
            Services = Sorted(s.Services),
            Conditions =
            [
                .. s.Conditions.OrderBy(c => c.Operator, StringComparer.Ordinal).ThenBy(c => c.Key, StringComparer.Ordinal)
                    .Select(c => c with { Values = Sorted(c.Values) }),
            ],
        }]).ToJson());
        return string.Join('\n', statements.Order(StringComparer.Ordinal));
    }

    private static string[] Sorted(IReadOnlyList<string> values) => [.. values.Order(StringComparer.Ordinal)];

    private static PolicyStatement Statement(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Syntax errors in policy: a statement is no object.");
        }

        var effect = json.TryGetProperty("Effect", out var e) && e.ValueKind == JsonValueKind.String ? e.GetString() : null;
        var statement = new PolicyStatement
        {
            Sid = json.TryGetProperty("Sid", out var sid) ? Text(sid) : "",
            Denies = effect == "Deny",
            Actions = Texts(json, "Action"),
            NotActions = Texts(json, "NotAction"),
            Resources = Texts(json, "Resource"),
            NotResources = Texts(json, "NotResource"),
            Conditions = json.TryGetProperty("Condition", out var condition) ? [.. Conditions(condition)] : [],
            Services = json.TryGetProperty("Principal", out var principal) ? [.. Principals(principal)] : [],
        };
        return effect is not ("Allow" or "Deny") ? throw new FormatException("Syntax errors in policy: Effect is neither Allow nor Deny.")
            : statement.Actions.Count + statement.NotActions.Count == 0 ? throw new FormatException("Policy statement must contain actions.")
            : statement;
    }

    private static IEnumerable<PolicyCondition> Conditions(JsonElement json) =>
        from operation in Members(json)
        from key in Members(operation.Value)
        select new PolicyCondition(operation.Name, key.Name, Texts(key.Value));

    // Principals that are no services are told apart by their kind.
    private static IEnumerable<string> Principals(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject().SelectMany(kind => Texts(kind.Value).Select(value => kind.Name == "Service" ? value : $"{kind.Name}:{value}"))
        : [Text(json)];

    private static JsonElement.ObjectEnumerator Members(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject()
        : throw new FormatException("Syntax errors in policy: a condition is no object.");

    private static IReadOnlyList<string> Texts(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? Texts(value) : [];

    private static IReadOnlyList<string> Texts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Text)] : [Text(json)];

    private static string Text(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => json.GetRawText(),
        _ => throw new FormatException("Syntax errors in policy: a text is expected."),
    };
}
