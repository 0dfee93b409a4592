using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace ScarNet.Local.S3.Notifications;

/// <summary>The notification configuration's document, both ways. Its Lambda member bears the old name CloudFunctionConfiguration.</summary>
internal static class NotificationXml
{
    public const string Root = "NotificationConfiguration";

    private static readonly (string Element, string ArnElement, DestinationKind Kind)[] Members =
    [
        ("TopicConfiguration", "Topic", DestinationKind.Topic),
        ("QueueConfiguration", "Queue", DestinationKind.Queue),
        ("CloudFunctionConfiguration", "CloudFunction", DestinationKind.Function),
        ("LambdaFunctionConfiguration", "LambdaFunctionArn", DestinationKind.Function),
    ];

    /// <exception cref="Http.ApiException">MalformedXML.</exception>
    public static NotificationConfiguration Parse(XElement root)
    {
        var rules = new List<NotificationRule>();
        var eventBridge = false;
        foreach (var element in root.Elements())
        {
            if (element.Name.LocalName == "EventBridgeConfiguration")
            {
                eventBridge = true;
                continue;
            }

            var member = Array.Find(Members, m => m.Element == element.Name.LocalName);
            rules.Add(member.Element is null ? throw S3Errors.MalformedXml() : ParseRule(element, member.ArnElement, member.Kind));
        }

        return new NotificationConfiguration(rules, eventBridge);
    }

    public static void Write(XmlWriter writer, NotificationConfiguration configuration)
    {
        foreach (var rule in configuration.Rules)
        {
            var member = Array.Find(Members, m => m.Kind == rule.Kind);
            writer.Element(member.Element, inner => WriteRule(inner, rule, member.ArnElement));
        }

        if (configuration.EventBridge)
        {
            writer.Element("EventBridgeConfiguration", _ => { });
        }
    }

    /// <summary>As it is kept.</summary>
    public static string ToText(NotificationConfiguration configuration)
    {
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize };
        using (var writer = XmlWriter.Create(text, settings))
        {
            writer.WriteStartElement(Root, Xml.Namespace);
            Write(writer, configuration);
            writer.WriteEndElement();
        }

        return text.ToString();
    }

    private static NotificationRule ParseRule(XElement element, string arnElement, DestinationKind kind)
    {
        var filter = element.Children("Filter").FirstOrDefault();
        var rules = filter?.Children("S3Key").SelectMany(key => key.Children("FilterRule"))
            .Select(rule => (rule.Child("Name") ?? throw S3Errors.MalformedXml(), rule.Child("Value") ?? ""))
            .ToList();
        return new NotificationRule(
            element.Child("Id") ?? "",
            kind,
            element.Child(arnElement) ?? throw S3Errors.MalformedXml(),
            [.. element.Children("Event").Select(e => e.Value)],
            rules);
    }

    private static void WriteRule(XmlWriter writer, NotificationRule rule, string arnElement)
    {
        writer.Element("Id", rule.Id);
        writer.Element(arnElement, rule.Arn);
        foreach (var name in rule.Events)
        {
            writer.Element("Event", name);
        }

        if (rule.Filter is { } filter)
        {
            writer.Element("Filter", outer => outer.Element("S3Key", key => WriteFilter(key, filter)));
        }
    }

    private static void WriteFilter(XmlWriter writer, IReadOnlyList<(string Name, string Value)> filter)
    {
        foreach (var (name, value) in filter)
        {
            writer.Element("FilterRule", rule =>
            {
                rule.Element("Name", name.Equals("prefix", StringComparison.OrdinalIgnoreCase) ? "Prefix" : "Suffix");
                rule.Element("Value", value);
            });
        }
    }
}
