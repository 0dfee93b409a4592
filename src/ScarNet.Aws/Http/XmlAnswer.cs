using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime.Internal;

namespace ScarNet.Aws.Http;

/// <summary>Answers of the query protocol: XML, policies in it URL-encoded.</summary>
internal static class XmlAnswer
{
    /// <summary>The <c>…Result</c> of an answer; the answer itself when it has none.</summary>
    public static XElement Of(AnswerBody body)
    {
        using var bytes = body.Bytes();
        var root = XDocument.Load(bytes).Root!;
        return root.Elements().FirstOrDefault(e => e.Name.LocalName.EndsWith("Result", StringComparison.Ordinal)) ?? root;
    }

    /// <summary>An error; null when the text is none.</summary>
    public static ErrorResponse? Error(Stream body)
    {
        try
        {
            var root = XDocument.Load(body).Root;
            var error = root is null ? null : Child(root, "Error") ?? (Child(root, "Errors") is { } ofEc2 ? Child(ofEc2, "Error") : null);
            return error is null ? null : new ErrorResponse
            {
                Code = Text(error, "Code"),
                Message = Text(error, "Message"),
                RequestId = Text(root!, "RequestId") ?? Text(root!, "RequestID"),
            };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static string? Text(XElement element, string name) => Child(element, name)?.Value;

    public static IEnumerable<XElement> Members(XElement element, string name) => Child(element, name)?.Elements() ?? [];

    /// <summary>What asks for the next page.</summary>
    public static string? Marker(XElement result) => Text(result, "IsTruncated") == "true" ? Text(result, "Marker") : null;

    public static string? Policy(XElement element, string name) => Text(element, name) is { } text ? Uri.UnescapeDataString(text) : null;
}
