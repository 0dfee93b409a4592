using System.Text.Json;
using System.Text.Json.Nodes;

namespace ScarNet.EndToEnd.Wire;

/// <summary>The form of a call of EC2 as the structure that it stands for: <c>Filter.1.Value.2=x</c>, names as the form has them.</summary>
internal static class Ec2Body
{
    public static JsonElement Of(RecordedCall call, JsonElement shape, ServiceModel model)
    {
        var tree = new JsonObject();
        foreach (var (name, value) in call.Form.Where(pair => pair.Key is not ("Action" or "Version")))
        {
            var at = tree;
            var parts = name.Split('.');
            foreach (var part in parts[..^1])
            {
                at = (JsonObject)(at[part] ??= new JsonObject());
            }

            at[parts[^1]] = value;
        }

        return JsonSerializer.SerializeToElement(Value(tree, shape, model));
    }

    private static JsonNode? Value(JsonNode? node, JsonElement shape, ServiceModel model) => shape.GetProperty("type").GetString() switch
    {
        "structure" when node is JsonObject tree => Structure(tree, shape, model),
        "list" when node is JsonObject items => new JsonArray(
            [.. items.OrderBy(item => int.Parse(item.Key)).Select(item => Value(item.Value, model.Shape(shape.GetProperty("member").GetProperty("shape").GetString()!), model))]),
        // Text is the form's only type.
        "boolean" => bool.TryParse((string?)node, out var truth) ? truth : node?.DeepClone(),
        "integer" or "long" => long.TryParse((string?)node, out var number) ? number : node?.DeepClone(),
        _ => node?.DeepClone(),
    };

    private static JsonObject Structure(JsonObject tree, JsonElement shape, ServiceModel model)
    {
        var structure = new JsonObject();
        foreach (var (name, node) in tree)
        {
            var member = shape.GetProperty("members").EnumerateObject().FirstOrDefault(m => NameOf(m) == name);
            // One that is unknown is left to be found out.
            structure[member.Value.ValueKind == JsonValueKind.Undefined ? name : member.Name] = member.Value.ValueKind == JsonValueKind.Undefined
                ? node?.DeepClone()
                : Value(node, model.Shape(member.Value.GetProperty("shape").GetString()!), model);
        }

        return structure;
    }

    private static string NameOf(JsonProperty member)
    {
        if (member.Value.TryGetProperty("queryName", out var query))
        {
            return query.GetString()!;
        }

        var name = member.Value.TryGetProperty("locationName", out var location) ? location.GetString()! : member.Name;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }
}
