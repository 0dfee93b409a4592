using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Http;

namespace ScarNet.Local.CloudFormation;

/// <summary>
/// What the intrinsic functions of a template stand for. Source:
/// docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
/// </summary>
/// <param name="template">The template.</param>
/// <param name="values">Of every parameter.</param>
/// <param name="place">Where it is to stand.</param>
/// <param name="find">A resource's attribute, by its logical id; the attribute is null for what Ref gives.</param>
internal sealed class Evaluation(
    Template template, IReadOnlyDictionary<string, string> values, StackPlace place, Func<string, string?, JsonNode> find)
{
    private const string NoValue = "AWS::NoValue";
    private const int DeepestCondition = 100;

    /// <summary>Leaves what resources will say as it stands in the template: <c>${Name}</c>, <c>${Name.Attribute}</c>.</summary>
    public static JsonNode Symbol(string resource, string? attribute) => attribute is null ? $"${{{resource}}}" : $"${{{resource}.{attribute}}}";

    /// <summary>Whether resources are named instead of asked, as <see cref="Symbol"/> does it: then parts of what they will say are not known either.</summary>
    public bool IsSymbolic { get; init; }

    /// <summary>Resources whose condition holds, in the template's order.</summary>
    public IEnumerable<TemplateResource> Resources => template.Resources.Values.Where(resource => resource.Condition is null || Holds(resource.Condition));

    public bool Holds(string condition, int depth = 0) =>
        depth > DeepestCondition ? throw StackFault.Invalid($"Template error: condition {condition} depends on itself")
        : template.Conditions.TryGetValue(condition, out var rule) ? Holds(rule, depth + 1)
        : throw StackFault.Invalid($"Template format error: Unresolved condition dependency {condition}");

    public JsonObject Properties(TemplateResource resource) => (JsonObject)Value(resource.Properties)!;

    /// <returns>Null where the value is AWS::NoValue.</returns>
    public JsonNode? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonObject { Count: 1 } call when Intrinsic(call, out var name, out var argument) => Call(name, argument),
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Value))).Where(entry => entry.Value is not null)),
        JsonArray list => new JsonArray([.. list.Select(Value).Where(item => item is not null)]),
        _ => node.DeepClone(),
    };

    /// <summary>What the template gives out, where its condition holds.</summary>
    public IReadOnlyList<StackOutput> Outputs() =>
    [
        .. template.Outputs.Where(output => Template.Text(output.Value["Condition"]) is not { } condition || Holds(condition))
            .Select(output => new StackOutput(output.Key, Text(output.Value["Value"]), Template.Text(output.Value["Description"]) ?? "")),
    ];

    /// <summary>A value that must be text.</summary>
    public string Text(JsonNode? node) => Value(node) is JsonValue value
        ? value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
        : throw StackFault.Invalid("Template error: a text is expected where there is a list or an object");

    private static bool Intrinsic(JsonObject call, out string name, out JsonNode? argument)
    {
        (name, argument) = call.First();
        return name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);
    }

    private JsonNode? Call(string name, JsonNode? argument) => name switch
    {
        "Ref" => Reference(Template.Text(argument) ?? ""),
        "Fn::GetAtt" => Attribute(argument),
        "Fn::Sub" => Substitute(argument),
        "Fn::Join" => string.Join(Text(List(name, argument)[0]), ListOf(name, List(name, argument)[1]).Select(Text)),
        "Fn::If" => Value(List(name, argument, 3)[Holds(Template.Text(List(name, argument)[0]) ?? "") ? 1 : 2]),
        "Fn::Select" => Select(List(name, argument)),
        "Fn::Split" => new JsonArray([.. Text(List(name, argument)[1]).Split(Text(List(name, argument)[0])).Select(part => (JsonNode)part)]),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument))),
        "Fn::FindInMap" => List(name, argument, 3).Take(3).Aggregate(template.Root["Mappings"], (map, key) => (map as JsonObject)?[Text(key)])?.DeepClone()
            ?? throw StackFault.Invalid("Template error: Unable to get mapping"),
        "Fn::Equals" or "Fn::Not" or "Fn::And" or "Fn::Or" => throw StackFault.Invalid($"Template error: {name} is for conditions"),
        _ => throw StackFault.Invalid($"Template error: the local engine does not know {name}"),
    };

    private JsonNode? Reference(string name) => name == NoValue ? null
        : template.Parameters.TryGetValue(name, out var parameter) ? parameter.Node(values[name])
        : place[name] is { } pseudo ? pseudo
        : template.Resources.ContainsKey(name) ? find(name, null)
        : throw StackFault.Format($"Unresolved resource dependencies [{name}] in the Resources block of the template");

    private JsonNode Attribute(JsonNode? argument)
    {
        string[] path = argument is JsonArray list ? [.. list.Select(part => Text(part))] : Text(argument).Split('.', 2);
        return path.Length == 2 && template.Resources.ContainsKey(path[0])
            ? find(path[0], path[1])
            : throw StackFault.Invalid($"Template error: instance of Fn::GetAtt references undefined resource {path[0]}");
    }

    // ${Name}, ${Name.Attribute}, ${!Literal}; a map of further names may come with the text.
    private string Substitute(JsonNode? argument)
    {
        var (text, names) = argument is JsonArray { Count: 2 } pair ? (Text(pair[0]), pair[1] as JsonObject) : (Text(argument), null);
        var result = new StringBuilder();
        for (var at = 0; ;)
        {
            var open = text.IndexOf("${", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                return result.Append(text, at, text.Length - at).ToString();
            }

            var name = text[(open + 2)..close].Trim();
            result.Append(text, at, open - at).Append(
                name.StartsWith('!') ? $"${{{name[1..]}}}"
                : names?[name] is { } given ? Text(given)
                : name.Contains('.', StringComparison.Ordinal) ? Text(Attribute(name))
                : Text(Reference(name)));
            at = close + 1;
        }
    }

    private JsonNode? Select(JsonArray argument)
    {
        var list = ListOf("Fn::Select", argument[1]);
        return int.TryParse(Text(argument[0]), out var index) && index >= 0 && index < list.Count ? list[index]?.DeepClone()
            : IsSymbolic && index >= 0 && list.Any(item => item is JsonValue text && text.ToString().Contains("${", StringComparison.Ordinal)) ? $"${{Fn::Select.{index}.{list.ToJsonString()}}}"
            : throw StackFault.Invalid("Template error: Fn::Select cannot select nonexistent value at index");
    }

    private JsonArray ListOf(string name, JsonNode? node) =>
        Value(node) as JsonArray ?? throw StackFault.Invalid($"Template error: {name} takes a list");

    private static JsonArray List(string name, JsonNode? argument, int least = 2) => argument is JsonArray list && list.Count >= least
        ? list
        : throw StackFault.Invalid($"Template error: every {name} object requires a list parameter");

    private bool Holds(JsonNode? rule, int depth)
    {
        var (name, argument) = rule is JsonObject { Count: 1 } call ? call.First() : throw StackFault.Format("a condition is one function");
        var parts = argument as JsonArray ?? [];
        return name switch
        {
            "Condition" => Holds(Template.Text(argument) ?? "", depth),
            "Fn::Equals" when parts.Count == 2 => Text(parts[0]) == Text(parts[1]),
            "Fn::Not" when parts.Count == 1 => !Holds(parts[0], depth),
            "Fn::And" when parts.Count > 1 => parts.All(part => Holds(part, depth)),
            "Fn::Or" when parts.Count > 1 => parts.Any(part => Holds(part, depth)),
            _ => throw StackFault.Format($"{name} is no condition of that many parts"),
        };
    }
}
