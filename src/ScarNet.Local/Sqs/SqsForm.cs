using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>A call of the query protocol, turned into what the JSON protocol would say: <c>Attribute.1.Name</c> becomes a member of Attributes.</summary>
internal static class SqsForm
{
    private static readonly HashSet<string> Numbers = ["MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds", "DelaySeconds", "MaxResults"];

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["AttributeName"] = "AttributeNames",
        ["MessageAttributeName"] = "MessageAttributeNames",
        ["MessageSystemAttributeName"] = "MessageSystemAttributeNames",
        ["TagKey"] = "TagKeys",
        ["SendMessageBatchRequestEntry"] = "Entries",
        ["DeleteMessageBatchRequestEntry"] = "Entries",
        ["ChangeMessageVisibilityBatchRequestEntry"] = "Entries",
    };

    private static readonly Dictionary<string, (string Member, string Key)> Maps = new()
    {
        ["Attribute"] = ("Attributes", "Name"),
        ["MessageAttribute"] = ("MessageAttributes", "Name"),
        ["Tag"] = ("Tags", "Key"),
    };

    /// <returns>The operation, and its input.</returns>
    public static (string Action, JsonInput Input) Read(byte[] body)
    {
        var tree = new JsonObject();
        foreach (var (name, value) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)))
        {
            Put(tree, name.Split('.'), value.ToString());
        }

        var action = tree["Action"] is JsonValue given ? given.ToString() : "(none)";
        using var document = JsonDocument.Parse(JsonOutput.Bytes(Turned(tree)));
        return (action, new(document.RootElement.Clone()));
    }

    private static void Put(JsonObject at, ReadOnlySpan<string> path, string value)
    {
        foreach (var name in path[..^1])
        {
            if (at[name] is not JsonObject inner)
            {
                at[name] = inner = [];
            }

            at = inner;
        }

        at[path[^1]] = value;
    }

    private static JsonObject Turned(JsonObject tree)
    {
        var turned = new JsonObject();
        foreach (var (name, value) in tree)
        {
            if (Lists.TryGetValue(name, out var list) && value is JsonObject items)
            {
                turned[list] = JsonOutput.List(Ordered(items).Select(item => item is JsonObject entry ? Turned(entry) : item.DeepClone()));
            }
            else if (Maps.TryGetValue(name, out var map) && value is JsonObject entries)
            {
                turned[map.Member] = new JsonObject(Ordered(entries).OfType<JsonObject>()
                    .Select(entry => KeyValuePair.Create(entry[map.Key]?.ToString() ?? "", entry["Value"]?.DeepClone())).DistinctBy(entry => entry.Key));
            }
            else
            {
                turned[name] = Numbers.Contains(name) && long.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : value?.DeepClone();
            }
        }

        return turned;
    }

    private static IEnumerable<JsonNode> Ordered(JsonObject items) => items
        .OrderBy(item => int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue)
        .Select(item => item.Value!);
}
