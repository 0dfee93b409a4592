using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.CloudFormation;

/// <summary>A template, in JSON: what it declares, nothing resolved.</summary>
internal sealed class Template
{
    /// <summary>Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html</summary>
    private const int MostResources = 500;

    private Template(JsonObject root)
    {
        Root = root;
        Parameters = Section(root, "Parameters").ToDictionary(entry => entry.Key, entry => Parameter(entry.Key, Object(entry)), StringComparer.Ordinal);
        Conditions = Section(root, "Conditions").ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        Resources = Section(root, "Resources").ToDictionary(entry => entry.Key, entry => Resource(entry.Key, Object(entry)), StringComparer.Ordinal);
        Outputs = Section(root, "Outputs").ToDictionary(entry => entry.Key, Object, StringComparer.Ordinal);
        Description = Text(root[nameof(Description)]) ?? "";
    }

    public JsonObject Root { get; }

    public string Description { get; }

    public IReadOnlyDictionary<string, TemplateParameter> Parameters { get; }

    public IReadOnlyDictionary<string, JsonNode?> Conditions { get; }

    public IReadOnlyDictionary<string, TemplateResource> Resources { get; }

    public IReadOnlyDictionary<string, JsonObject> Outputs { get; }

    /// <exception cref="ApiException">It is no template that the engine takes.</exception>
    public static Template Read(string text)
    {
        try
        {
            var template = new Template(LenientJson.Parse(text) as JsonObject ?? throw StackFault.Format("the template is not an object"));
            return template.Resources.Count switch
            {
                0 => throw StackFault.Format("At least one Resources member must be defined."),
                > MostResources => throw StackFault.Format($"Number of resources, {template.Resources.Count}, is greater than maximum allowed, {MostResources}"),
                _ when template.Root["Transform"] is not null => throw StackFault.Invalid("The local engine runs no transforms: a template without 'Transform' it does."),
                _ => template,
            };
        }
        catch (JsonException e)
        {
            throw StackFault.Format($"unsupported structure: the local engine takes templates in JSON ({e.Message})");
        }
        catch (InvalidOperationException e)
        {
            throw StackFault.Format(e.Message);
        }
    }

    /// <summary>What a text, a number or a flag says; null where there is none.</summary>
    /// <exception cref="ApiException">It is a list or an object.</exception>
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Object or JsonValueKind.Array => throw StackFault.Format($"a text is expected at {node.GetPath()}"),
        _ => node.ToJsonString(),
    };

    private static JsonObject Section(JsonObject root, string name) => root[name] switch
    {
        null => [],
        JsonObject section => section,
        _ => throw StackFault.Format($"{name} is not an object"),
    };

    private static JsonObject Object(KeyValuePair<string, JsonNode?> entry) =>
        entry.Value as JsonObject ?? throw StackFault.Format($"'{entry.Key}' is not an object");

    private static TemplateParameter Parameter(string name, JsonObject json) => new(name, Text(json["Type"]) ?? "String", Text(json["Default"]))
    {
        Description = Text(json[nameof(Description)]) ?? "",
        NoEcho = Text(json["NoEcho"]) == "true",
        AllowedValues = json["AllowedValues"] is JsonArray allowed ? [.. allowed.Select(value => Text(value) ?? "")] : [],
        AllowedPattern = Text(json["AllowedPattern"]),
        MinValue = Number(json["MinValue"]),
        MaxValue = Number(json["MaxValue"]),
    };

    private static TemplateResource Resource(string name, JsonObject json) => new(
        name,
        Text(json["Type"]) ?? throw StackFault.Format($"[/Resources/{name}] Every Resources object must contain a Type member."),
        json["Properties"] as JsonObject ?? [])
    {
        Condition = Text(json["Condition"]),
        DependsOn = json["DependsOn"] switch
        {
            null => [],
            JsonArray list => [.. list.Select(value => Text(value) ?? "")],
            var one => [Text(one) ?? ""],
        },
        IsRetained = Text(json["DeletionPolicy"]) is "Retain" or "RetainExceptOnCreate",
    };

    private static double? Number(JsonNode? node) => Text(node) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw StackFault.Format($"a number is expected at {node!.GetPath()}, not '{text}'");
}
