using System.Text.Json;

namespace ScarNet.Core.Patterns;

/// <summary>Reads event patterns, and says what is wrong with them in EventBridge's words.</summary>
internal static class PatternReader
{
    private const string Or = "$or";

    /// <exception cref="FormatException">It is no pattern.</exception>
    public static EventPattern Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new(document.RootElement.ValueKind == JsonValueKind.Object ? Object(document.RootElement) : throw Invalid("Filter is not an object"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"Event pattern is not valid. Reason: {e.Message}", e);
        }
    }

    private static FormatException Invalid(string reason) => new($"Event pattern is not valid. Reason: {reason}");

    private static PatternObject Object(JsonElement json)
    {
        var members = new List<(string, PatternNode)>();
        var either = new List<PatternObject>();
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name == Or)
            {
                either.AddRange(Alternatives(member.Value));
            }
            else
            {
                members.Add((member.Name, Node(member)));
            }
        }

        return members.Count + either.Count > 0 ? new(members, either) : throw Invalid("Empty objects are not allowed");
    }

    private static IEnumerable<PatternObject> Alternatives(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 1 && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? json.EnumerateArray().Select(Object)
            : throw Invalid($"'{Or}' must be a list of at least two objects");

    private static PatternNode Node(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Object => Object(member.Value),
        JsonValueKind.Array when member.Value.GetArrayLength() == 0 => throw Invalid("Empty arrays are not allowed"),
        JsonValueKind.Array => new PatternLeaf([.. member.Value.EnumerateArray().Select(One)]),
        _ => throw Invalid($"\"{member.Name}\" must be an object or an array"),
    };

    private static Matcher One(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Comparison(json),
        JsonValueKind.Array => throw Invalid("Nested arrays are not allowed"),
        _ => Literal(json),
    };

    private static Matcher Literal(JsonElement json)
    {
        var text = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        return text is null ? new LiteralMatcher(json.ValueKind, json.GetRawText()) : new TextMatcher(value => value == text);
    }

    private static Matcher Comparison(JsonElement json)
    {
        var only = json.EnumerateObject().ToList() is [var one] ? one : throw Invalid("Only one key allowed in match expression");
        return only.Name switch
        {
            "prefix" or "suffix" or "equals-ignore-case" or "wildcard" => new TextMatcher(Text(only.Name, only.Value)),
            "anything-but" => new AnythingBut([.. Others(only.Value)]),
            "numeric" => new NumberMatcher([.. Bounds(only.Value)]),
            "exists" => new ExistsMatcher(only.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Invalid("exists match pattern must be either true or false."),
            }),
            _ => throw Invalid($"Unrecognized match type {only.Name}"),
        };
    }

    // prefix and suffix may hold {"equals-ignore-case": …} in place of a text.
    private static Func<string, bool> Text(string name, JsonElement json)
    {
        var comparison = StringComparison.Ordinal;
        if (name is "prefix" or "suffix" && json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().ToList() is [{ Name: "equals-ignore-case" } inner])
        {
            (json, comparison) = (inner.Value, StringComparison.OrdinalIgnoreCase);
        }

        if (json.ValueKind != JsonValueKind.String || json.GetString() is not { } text)
        {
            throw Invalid($"{name} match pattern must be a string");
        }

        switch (name)
        {
            case "prefix":
                return value => value.StartsWith(text, comparison);
            case "suffix":
                return value => value.EndsWith(text, comparison);
            case "equals-ignore-case":
                return value => value.Equals(text, StringComparison.OrdinalIgnoreCase);
            default:
                return ReadWildcard(text).Matches;
        }
    }

    private static Wildcard ReadWildcard(string text)
    {
        try
        {
            return Wildcard.Parse(text);
        }
        catch (FormatException e)
        {
            throw Invalid(e.Message);
        }
    }

    private static IEnumerable<Matcher> Others(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            var only = json.EnumerateObject().ToList() is [var one] ? one : throw Invalid("Only one key allowed in match expression");
            return only.Name is "prefix" or "suffix" or "equals-ignore-case" or "wildcard"
                ? Items(only.Value).Select(item => new TextMatcher(Text(only.Name, item)))
                : throw Invalid($"Unsupported anything-but pattern: {only.Name}");
        }

        return Items(json).Select(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? Literal(item)
            : throw Invalid("Inside anything but list, start|null|boolean is not supported."));
    }

    private static List<JsonElement> Items(JsonElement json) => json.ValueKind != JsonValueKind.Array ? [json]
        : json.GetArrayLength() > 0 ? [.. json.EnumerateArray()]
        : throw Invalid("Empty arrays are not allowed");

    private static IEnumerable<Func<double, bool>> Bounds(JsonElement json)
    {
        var items = json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().ToList() : throw Invalid("Value of numeric must be an array.");
        if (items.Count is not (2 or 4))
        {
            throw Invalid("Bad numeric range operator: it takes one comparison, or two");
        }

        foreach (var pair in items.Chunk(2))
        {
            var bound = pair[1].ValueKind == JsonValueKind.Number ? pair[1].GetDouble() : throw Invalid("Value of numeric comparison must be a number");
            yield return (pair[0].ValueKind == JsonValueKind.String ? pair[0].GetString() : "") switch
            {
                "<" => value => value < bound,
                "<=" => value => value <= bound,
                ">" => value => value > bound,
                ">=" => value => value >= bound,
                "=" => value => value == bound,
                var other => throw Invalid($"Unrecognized numeric range operator: {other}"),
            };
        }
    }
}
