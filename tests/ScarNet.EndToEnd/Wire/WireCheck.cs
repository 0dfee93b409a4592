using System.Text.Json;
using System.Text.RegularExpressions;

namespace ScarNet.EndToEnd.Wire;

/// <summary>Holds a request against the model of its service: operation, address, required and unknown members, types, enums, patterns, lengths.</summary>
internal static class WireCheck
{
    /// <summary>What is right although Debian's model, of the end of 2022, does not know it yet.</summary>
    private static readonly HashSet<string> newer =
    [
        "Runtime=provided.al2023", // docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
        "RegisterJobDefinition.ecsProperties", // docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html
        "SubmitJob.ecsPropertiesOverride", // docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html
        "CreateChangeSet.ImportExistingResources", // docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
    ];

    /// <summary>Everything that is wrong with it.</summary>
    /// <param name="call">The request.</param>
    /// <param name="model">Its service.</param>
    /// <param name="values">Whether values count, or only names and types.</param>
    public static IReadOnlyList<string> Problems(RecordedCall call, ServiceModel model, bool values = true)
    {
        if (model.Find(call) is not ({ } name, { } input, { } labels))
        {
            return [$"{call}: no such operation"];
        }

        var problems = new List<string>();
        var members = input.TryGetProperty("members", out var m) ? m.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
        var located = Located(call, members, labels);
        foreach (var (member, value) in located)
        {
            CheckScalar($"{name}.{member}", value, model.Shape(members[member].GetProperty("shape").GetString()!), values, problems);
        }

        problems.AddRange(Query(call).Select(q => q.Name).Except(model.SubResources(name)).Where(q => !members.Any(p => Is(p.Value, "querystring", q)))
            .Select(q => $"{name}: unknown query parameter '{q}'"));
        if (input.TryGetProperty("payload", out var payload))
        {
            var carried = model.Shape(members[payload.GetString()!].GetProperty("shape").GetString()!);
            if (model.Protocol == "rest-xml" && carried.GetProperty("type").GetString() == "structure" && call.Body.Length > 0)
            {
                Check($"{name}.{payload}", XmlBody.Of(call, carried, model), carried, model, values, problems);
            }

            return problems;
        }

        var body = model.Protocol == "query" ? QueryBody.Of(call)
            : model.Protocol == "ec2" ? Ec2Body.Of(call, input, model)
            : call.Body.Length == 0 ? default
            : JsonDocument.Parse(call.Body).RootElement;
        if (body.ValueKind is JsonValueKind.Object)
        {
            CheckStructure(name, body, input, located.Keys.ToHashSet(), model, values, problems);
        }
        else
        {
            problems.AddRange(Required(input).Where(r => !located.ContainsKey(r)).Select(r => $"{name}: lacks '{r}'"));
        }

        return problems;
    }

    private static Dictionary<string, string> Located(
        RecordedCall call, Dictionary<string, JsonElement> members, Dictionary<string, string> labels)
    {
        var located = new Dictionary<string, string>();
        foreach (var (name, member) in members)
        {
            if (labels.FirstOrDefault(l => Is(member, "uri", l.Key)) is { Key: not null } label)
            {
                located[name] = label.Value;
            }
            else if (Query(call).FirstOrDefault(q => Is(member, "querystring", q.Name)) is { Name: not null } query)
            {
                located[name] = query.Value;
            }
            else if (call.Headers.FirstOrDefault(h => Is(member, "header", h.Key)) is { Key: not null } header)
            {
                located[name] = header.Value;
            }
        }

        return located;
    }

    private static bool Is(JsonElement member, string location, string name) =>
        member.TryGetProperty("location", out var l) && l.GetString() == location
        && member.GetProperty("locationName").GetString()!.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Name, string Value)> Query(RecordedCall call) =>
        call.Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? "")));

    private static IEnumerable<string> Required(JsonElement shape) =>
        shape.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(r => r.GetString()!) : [];

    private static void CheckStructure(
        string at, JsonElement value, JsonElement shape, HashSet<string> elsewhere, ServiceModel model, bool values, List<string> problems)
    {
        var members = shape.TryGetProperty("members", out var m) ? m : default;
        foreach (var property in value.EnumerateObject())
        {
            if (members.ValueKind == JsonValueKind.Object
                && members.TryGetProperty(property.Name, out var member) && !member.TryGetProperty("location", out _))
            {
                Check($"{at}.{property.Name}", property.Value, model.Shape(member.GetProperty("shape").GetString()!), model, values, problems);
            }
            else if (!newer.Contains($"{at}.{property.Name}"))
            {
                problems.Add($"{at}: unknown member '{property.Name}'");
            }
        }

        problems.AddRange(Required(shape).Where(r => !elsewhere.Contains(r) && !value.TryGetProperty(r, out _)).Select(r => $"{at}: lacks '{r}'"));
    }

    private static void Check(string at, JsonElement value, JsonElement shape, ServiceModel model, bool values, List<string> problems)
    {
        var type = shape.GetProperty("type").GetString();
        var expected = type switch
        {
            "structure" or "map" => JsonValueKind.Object,
            "list" => JsonValueKind.Array,
            "string" or "blob" => JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.False ? JsonValueKind.False : JsonValueKind.True,
            _ => JsonValueKind.Number,
        };
        if (value.ValueKind != expected)
        {
            problems.Add($"{at}: is a {value.ValueKind}, not a {type}");
            return;
        }

        switch (type)
        {
            case "structure":
                CheckStructure(at, value, shape, [], model, values, problems);
                break;
            case "map":
                foreach (var entry in value.EnumerateObject())
                {
                    CheckScalar($"{at} key", entry.Name, model.Shape(shape.GetProperty("key").GetProperty("shape").GetString()!), values, problems);
                    Check($"{at}.{entry.Name}", entry.Value, model.Shape(shape.GetProperty("value").GetProperty("shape").GetString()!), model, values, problems);
                }

                break;
            case "list":
                Bounds(at, value.GetArrayLength(), shape, values, problems);
                foreach (var item in value.EnumerateArray())
                {
                    Check($"{at}[]", item, model.Shape(shape.GetProperty("member").GetProperty("shape").GetString()!), model, values, problems);
                }

                break;
            case "string":
                CheckScalar(at, value.GetString()!, shape, values, problems);
                break;
            case "integer" or "long":
                if (!value.TryGetInt64(out var number))
                {
                    problems.Add($"{at}: {value.GetRawText()} is no whole number");
                }
                else
                {
                    Bounds(at, number, shape, values, problems);
                }

                break;
            case "blob":
                if (!value.TryGetBytesFromBase64(out _))
                {
                    problems.Add($"{at}: is no base64");
                }

                break;
            default:
                break;
        }
    }

    private static void CheckScalar(string at, string value, JsonElement shape, bool values, List<string> problems)
    {
        if (!values || newer.Contains($"{at[(at.LastIndexOf('.') + 1)..]}={value}"))
        {
            return;
        }

        if (shape.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(c => c.GetString() == value))
        {
            problems.Add($"{at}: '{value}' is none of {choices.GetRawText()}");
        }

        if (shape.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value, $"^(?:{pattern.GetString()})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            problems.Add($"{at}: '{value}' does not match {pattern.GetString()}");
        }

        if (shape.GetProperty("type").GetString() == "string")
        {
            Bounds(at, value.Length, shape, values, problems);
        }
    }

    private static void Bounds(string at, long size, JsonElement shape, bool values, List<string> problems)
    {
        if (values && shape.TryGetProperty("min", out var min) && size < min.GetInt64())
        {
            problems.Add($"{at}: {size} is less than {min}");
        }

        if (values && shape.TryGetProperty("max", out var max) && size > max.GetInt64())
        {
            problems.Add($"{at}: {size} is more than {max}");
        }
    }
}
