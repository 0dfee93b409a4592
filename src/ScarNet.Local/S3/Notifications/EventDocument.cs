using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.Wire;

namespace ScarNet.Local.S3.Notifications;

/// <summary>S3's own event JSON. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html</summary>
internal static class EventDocument
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Bucket bucket, NotificationRule rule, ObjectChange change, string region, string account)
    {
        using var stream = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            WriteRecord(json, bucket, rule, change, region, account);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteRecord(
        Utf8JsonWriter json, Bucket bucket, NotificationRule rule, ObjectChange change, string region, string account)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion", "2.1");
        json.WriteString("eventSource", "aws:s3");
        json.WriteString("awsRegion", region);
        json.WriteString("eventTime", IsoTime.Milliseconds(change.Time));
        json.WriteString("eventName", change.EventName);
        json.WriteStartObject("userIdentity");
        json.WriteString("principalId", $"AWS:{account}");
        json.WriteEndObject();
        json.WriteStartObject("requestParameters");
        json.WriteString("sourceIPAddress", "127.0.0.1");
        json.WriteEndObject();
        json.WriteStartObject("responseElements");
        json.WriteString("x-amz-request-id", change.RequestId);
        json.WriteString("x-amz-id-2", change.RequestId);
        json.WriteEndObject();
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", rule.Id);
        json.WriteStartObject("bucket");
        json.WriteString("name", bucket.Name);
        json.WriteStartObject("ownerIdentity");
        json.WriteString("principalId", account);
        json.WriteEndObject();
        json.WriteString("arn", bucket.Arn);
        json.WriteEndObject();
        WriteObject(json, change);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, ObjectChange change)
    {
        json.WriteStartObject("object");
        json.WriteString("key", EncodeKey(change.Key));
        if (change.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        if (change.ETag is not null)
        {
            json.WriteString("eTag", change.ETag);
        }

        if (change.VersionId is not null)
        {
            json.WriteString("versionId", change.VersionId);
        }

        json.WriteString("sequencer", change.Sequencer);
        json.WriteEndObject();
    }

    /// <summary>Form-encoded as S3 does it: a space is '+', a slash stays.</summary>
    private static string EncodeKey(string key) => WebUtility.UrlEncode(key).Replace("%2F", "/", StringComparison.Ordinal);
}
