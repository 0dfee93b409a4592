using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http;

/// <summary>Writes errors as the clients of each protocol expect them.</summary>
internal static class ErrorBody
{
    public static Task Write(HttpContext context, Protocol protocol, ApiException error)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        foreach (var (name, value) in error.Headers)
        {
            response.Headers[name] = value;
        }

        if (HttpMethods.IsHead(context.Request.Method) || error.Status == StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        var body = protocol switch
        {
            Protocol.S3 => S3(error, RequestId.Of(context)),
            Protocol.Query => Query(error, RequestId.Of(context)),
            Protocol.Ec2 => Ec2(error, RequestId.Of(context)),
            _ => Json(error),
        };
        response.ContentType = protocol == Protocol.Json ? "application/json" : protocol == Protocol.S3 ? "application/xml" : "text/xml";
        response.ContentLength = body.Length;
        if (protocol == Protocol.Json)
        {
            response.Headers["x-amzn-errortype"] = error.Code;
        }

        return response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    private static byte[] S3(ApiException error, string requestId) => Xml(writer =>
    {
        writer.WriteStartElement("Error");
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        foreach (var (name, value) in error.Details)
        {
            writer.WriteElementString(name, value);
        }

        writer.WriteElementString("RequestId", requestId);
        writer.WriteElementString("HostId", requestId);
        writer.WriteEndElement();
    });

    private static byte[] Query(ApiException error, string requestId) => Xml(writer =>
    {
        writer.WriteStartElement("ErrorResponse");
        writer.WriteStartElement("Error");
        writer.WriteElementString("Type", error.Status < 500 ? "Sender" : "Receiver");
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        writer.WriteEndElement();
        writer.WriteElementString("RequestId", requestId);
        writer.WriteEndElement();
    });

    private static byte[] Ec2(ApiException error, string requestId) => Xml(writer =>
    {
        writer.WriteStartElement("Response");
        writer.WriteStartElement("Errors");
        writer.WriteStartElement("Error");
        writer.WriteElementString("Code", error.Code);
        writer.WriteElementString("Message", error.Message);
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.WriteElementString("RequestID", requestId);
        writer.WriteEndElement();
    });

    private static byte[] Json(ApiException error)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("__type", error.Code);
            json.WriteString("message", error.Message);
            foreach (var (name, value) in error.Details)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
