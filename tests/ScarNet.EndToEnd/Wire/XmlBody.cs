using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScarNet.EndToEnd.Wire;

/// <summary>The document of a call of S3 as the structure that it stands for: elements under their members' names, repeated ones as a list.</summary>
internal static class XmlBody
{
    public static JsonElement Of(RecordedCall call, JsonElement shape, ServiceModel model) =>
        JsonSerializer.SerializeToElement(Value(XElement.Parse(Encoding.UTF8.GetString(call.Body)), shape, model));

    private static JsonNode? Value(XElement element, JsonElement shape, ServiceModel model) => shape.GetProperty("type").GetString() switch
    {
        "structure" => Structure(element, shape, model),
        "list" => new JsonArray([.. element.Elements().Select(item => Value(item, Item(shape, model), model))]),
        // Text is the document's only type.
        "boolean" => bool.TryParse(element.Value, out var truth) ? truth : element.Value,
        "integer" or "long" => long.TryParse(element.Value, out var number) ? number : element.Value,
        _ => element.Value,
    };

    private static JsonObject Structure(XElement element, JsonElement shape, ServiceModel model)
    {
        var structure = new JsonObject();
        foreach (var child in element.Elements())
        {
            var member = shape.GetProperty("members").EnumerateObject().FirstOrDefault(m => NameOf(m) == child.Name.LocalName);
            if (member.Value.ValueKind == JsonValueKind.Undefined)
            {
                structure[child.Name.LocalName] = child.Value; // unknown, and left to be found out
                continue;
            }

            var target = model.Shape(member.Value.GetProperty("shape").GetString()!);
            if (target.TryGetProperty("flattened", out var flattened) && flattened.GetBoolean())
            {
                var list = structure[member.Name]?.AsArray() ?? [];
                structure[member.Name] = list;
                list.Add(Value(child, Item(target, model), model));
            }
            else
            {
                structure[member.Name] = Value(child, target, model);
            }
        }

        return structure;
    }

    private static string NameOf(JsonProperty member) =>
        member.Value.TryGetProperty("locationName", out var name) ? name.GetString()! : member.Name;

    private static JsonElement Item(JsonElement list, ServiceModel model) => model.Shape(list.GetProperty("member").GetProperty("shape").GetString()!);
}
