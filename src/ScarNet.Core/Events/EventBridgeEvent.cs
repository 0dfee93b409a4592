using System.Text.Json;

namespace ScarNet.Core.Events;

/// <summary>
/// An S3 event by way of EventBridge, whose key is not encoded.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
/// </summary>
internal static class EventBridgeEvent
{
    public static ReceivedRecord Read(JsonElement payload, string kind)
    {
        var raw = payload.GetRawText();
        var detail = payload.Member("detail");
        var entity = detail?.Member("object");
        if (detail?.Member("bucket")?.TextOf("name") is not { } bucket || entity?.TextOf("key") is not { } key)
        {
            return ReceivedRecord.Fail("an EventBridge event of S3 names no bucket or no key", raw);
        }

        var path = new ObjectPath(bucket, key);
        if (kind != "Object Created")
        {
            return ReceivedRecord.Skip($"'{kind}' of '{path}' creates no object", raw);
        }

        var created = new ObjectEvent
        {
            Object = path,
            Size = entity?.NumberOf("size"),
            ETag = entity?.TextOf("etag")?.Trim('"'),
            VersionId = entity?.TextOf("version-id"),
            Sequencer = entity?.TextOf("sequencer"),
            Time = payload.TimeOf("time"),
            Region = payload.TextOf("region"),
        };
        return ReceivedRecord.Of(created, raw);
    }
}
