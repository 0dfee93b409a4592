using System.Xml.Linq;

namespace ScarNet.Local.Sns;

/// <summary>Answers of the query protocol.</summary>
internal static class SnsXml
{
    public static readonly XNamespace Namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static XElement List(string name, IEnumerable<object?> members) => Element(name, [.. members.Select(member => Element("member", member))]);

    public static XElement Attributes(IEnumerable<KeyValuePair<string, string>> attributes) => Element(
        "Attributes", [.. attributes.Select(attribute => Element("entry", Element("key", attribute.Key), Element("value", attribute.Value)))]);

    public static XElement Tags(IReadOnlyDictionary<string, string> tags) =>
        List("Tags", tags.Select(tag => new object?[] { Element("Key", tag.Key), Element("Value", tag.Value) }));
}
