using System.Net;
using System.Text;
using System.Text.Json;

namespace ScarNet.Core.Events;

/// <summary>The event that S3 would send for an object. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</summary>
public static class ObjectCreated
{
    /// <returns>The event as JSON, read from its beginning.</returns>
    public static MemoryStream Json(ObjectEvent e)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", "2.1");
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", e.Region);
            json.WriteString("eventTime", (e.Time ?? default).ToString("yyyy-MM-ddTHH:mm:ss.fffZ"));
            json.WriteString("eventName", "ObjectCreated:Put");
            json.WriteStartObject("s3");
            json.WriteString("s3SchemaVersion", "1.0");
            json.WriteString("configurationId", "scarnet:run");
            json.WriteStartObject("bucket");
            json.WriteString("name", e.Object.Bucket);
            json.WriteString("arn", "arn:aws:s3:::" + e.Object.Bucket);
            json.WriteEndObject();
            json.WriteStartObject("object");
            json.WriteString("key", EncodeKey(e.Object.Key));
            json.WriteNumber("size", e.Size ?? 0);
            json.WriteString("eTag", e.ETag);
            if (e.VersionId is not null)
            {
                json.WriteString("versionId", e.VersionId);
            }

            json.WriteString("sequencer", e.Sequencer);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.Position = 0;
        return bytes;
    }

    /// <summary>As in a form, '/' left as it is: that is how S3 writes keys into its events.</summary>
    public static string EncodeKey(string key) =>
        Encoding.ASCII.GetString(WebUtility.UrlEncodeToBytes(Encoding.UTF8.GetBytes(key), 0, Encoding.UTF8.GetByteCount(key))!)
            .Replace("%2F", "/", StringComparison.Ordinal);
}
