using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace ScarNet.Local.Sqs;

/// <summary>An answer of the JSON protocol as the query protocol has it: lists are flat, maps are pairs.</summary>
internal static class SqsXml
{
    public static readonly XNamespace Namespace = "http://queue.amazonaws.com/doc/2012-11-05/";

    private static readonly Dictionary<string, (string Element, string Key)> Maps = new()
    {
        ["Attributes"] = ("Attribute", "Name"),
        ["MessageAttributes"] = ("MessageAttribute", "Name"),
        ["Tags"] = ("Tag", "Key"),
    };

    public static XElement Answer(string action, JsonObject? answer, string requestId) => new(
        Namespace + $"{action}Response",
        answer is null ? null : new XElement(Namespace + $"{action}Result", Members(action, answer)),
        new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", requestId)));

    private static IEnumerable<object?> Members(string action, JsonObject answer) => answer.SelectMany(member => member.Value switch
    {
        JsonArray list => list.Select(item => (object?)new XElement(
            Namespace + Item(action, member.Key), item is JsonObject entry ? Members(action, entry) : item!.ToString())),
        JsonObject map when Maps.TryGetValue(member.Key, out var shape) => map.Select(pair => (object?)new XElement(
            Namespace + shape.Element,
            new XElement(Namespace + shape.Key, pair.Key),
            new XElement(Namespace + "Value", pair.Value is JsonObject value ? Members(action, value) : pair.Value!.ToString()))),
        JsonObject inner => Members(action, inner),
        JsonValue value when value.TryGetValue<bool>(out var flag) => [new XElement(Namespace + member.Key, flag ? "true" : "false")],
        { } value => [new XElement(Namespace + member.Key, Readable(value.ToString()))],
        null => [],
    });

    private static string Item(string action, string member) => member switch
    {
        "Messages" => "Message",
        "QueueUrls" or "queueUrls" => "QueueUrl",
        "Successful" => $"{action}ResultEntry",
        "Failed" => "BatchResultErrorEntry",
        _ => member,
    };

    /// <summary>The first character that XML has no way to say; null when there is none. SQS takes none of them.</summary>
    public static char? Unreadable(string text) => text.Where(IsUnreadable).Select(c => (char?)c).FirstOrDefault();

    // Halves of a pair never come this far: readers of JSON have made them U+FFFD.
    private static bool IsUnreadable(char c) => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c);

    // What services send may have some.
    private static string Readable(string text) => new([.. text.Where(c => !IsUnreadable(c))]);
}
