using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.S3;

/// <summary>Documents of the S3 protocol. Names are compared without their namespace: clients differ in it.</summary>
internal static class Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>10,000 parts with checksums, or 1,000 keys of 1,024 escaped bytes, fit.</summary>
    private const int MostBytes = 8 * 1024 * 1024;

    // Keys may hold control characters, which XML 1.0 does not know; S3 writes and takes them as references all the same.
    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        CheckCharacters = false,
        XmlResolver = null,
        IgnoreComments = true,
    };

    private static readonly XmlWriterSettings Writing = new()
    {
        Encoding = new UTF8Encoding(false),
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.Entitize, // a carriage return in a key stays one
    };

    /// <summary>Reads and verifies the body and gives its root; null when it is empty.</summary>
    /// <exception cref="Http.ApiException">MalformedXML, or a body that is not what was signed.</exception>
    public static async Task<XElement?> Read(HttpContext context, bool checksumIsOfBody = true)
    {
        var body = await BodyText.Read(context, MostBytes, checksumIsOfBody);
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body, writable: false), Reading);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    /// <summary>The same, with a root of this name.</summary>
    public static async Task<XElement> Read(HttpContext context, string root, bool checksumIsOfBody = true) =>
        await Read(context, checksumIsOfBody) is { } element && element.Name.LocalName == root ? element : throw S3Errors.MalformedXml();

    public static XElement Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Reading);
        return XElement.Load(reader);
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(e => e.Name.LocalName == name);

    public static string? Child(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;

    /// <summary>Answers with a document.</summary>
    public static Task Answer(HttpContext context, string root, Action<XmlWriter> write, int status = 200)
    {
        var body = new MemoryStream();
        using (var writer = XmlWriter.Create(body, Writing))
        {
            writer.WriteStartElement(root, Namespace);
            write(writer);
            writer.WriteEndElement();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body.GetBuffer(), 0, (int)body.Length, context.RequestAborted);
    }

    public static void Element(this XmlWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteElementString(name, Namespace, value);
        }
    }

    public static void Element(this XmlWriter writer, string name, long value)
    {
        writer.WriteStartElement(name, Namespace);
        writer.WriteValue(value);
        writer.WriteEndElement();
    }

    public static void Element(this XmlWriter writer, string name, bool value) => writer.Element(name, value ? "true" : "false");

    public static void Element(this XmlWriter writer, string name, Action<XmlWriter> content)
    {
        writer.WriteStartElement(name, Namespace);
        content(writer);
        writer.WriteEndElement();
    }
}
