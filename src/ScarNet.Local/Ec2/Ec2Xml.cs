using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace ScarNet.Local.Ec2;

/// <summary>Writes answers of EC2.</summary>
internal static class Ec2Xml
{
    private static readonly XNamespace xml = "http://ec2.amazonaws.com/doc/2016-11-15/";

    public static XElement Element(string name, params object?[] content) => new(xml + name, content);

    public static XElement Set(string name, IEnumerable<XElement> items) => Element(name, [.. items]);

    public static XElement Item(params object?[] content) => Element("item", content);

    /// <summary>Null is left out.</summary>
    public static XElement? Text(string name, string? value) => value is null ? null : Element(name, value);

    public static XElement Tags(JsonObject tags) =>
        Set("tagSet", tags.Select(tag => Item(Element("key", tag.Key), Element("value", (string?)tag.Value))));

    /// <summary>What a form gave, as answers say it: names begin small, lists are sets of items.</summary>
    public static IEnumerable<XElement> Given(JsonObject tree) => tree.Select(member => member.Value switch
    {
        JsonObject list when list.All(entry => int.TryParse(entry.Key, out _)) => Set(
            Small(member.Key) + "Set",
            list.OrderBy(entry => int.Parse(entry.Key)).Select(entry => entry.Value is JsonObject item ? Item([.. Given(item)]) : Item((string?)entry.Value))),
        JsonObject inner => Element(Small(member.Key), [.. Given(inner)]),
        { } value => Element(Small(member.Key), (string?)value),
        null => Element(Small(member.Key)),
    });

    private static string Small(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
