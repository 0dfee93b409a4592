using System.Net;
using System.Text.Json;

namespace ScarNet.Core.Events;

/// <summary>
/// S3's own record. Its key is form-encoded ('red flower.jpg' comes as 'red+flower.jpg') and decoded here, exactly once.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// </summary>
internal static class S3Record
{
    public static ReceivedRecord Read(JsonElement record)
    {
        var raw = $$"""{"Records":[{{record.GetRawText()}}]}""";
        var version = record.TextOf("eventVersion");
        if (version is not null && !version.StartsWith("2.", StringComparison.Ordinal))
        {
            return ReceivedRecord.Fail($"eventVersion '{version}' of an S3 record is not known: 2.x would be", raw);
        }

        var s3 = record.Member("s3");
        var entity = s3?.Member("object");
        if (s3?.Member("bucket")?.TextOf("name") is not { } bucket || entity?.TextOf("key") is not { } encodedKey)
        {
            return ReceivedRecord.Fail("an S3 record names no bucket or no key", raw);
        }

        var path = new ObjectPath(bucket, WebUtility.UrlDecode(encodedKey));
        if (!IsCreation(record.TextOf("eventName")))
        {
            return ReceivedRecord.Skip($"'{record.TextOf("eventName")}' of '{path}' creates no object", raw);
        }

        var created = new ObjectEvent
        {
            Object = path,
            Size = entity?.NumberOf("size"),
            ETag = entity?.TextOf("eTag")?.Trim('"'),
            VersionId = entity?.TextOf("versionId"),
            Sequencer = entity?.TextOf("sequencer"),
            Time = record.TimeOf("eventTime"),
            Region = record.TextOf("awsRegion"),
        };
        return ReceivedRecord.Of(created, raw);
    }

    // Other S3 servers write the 's3:' of the subscription into the record too.
    private static bool IsCreation(string? eventName) =>
        eventName is not null
        && (eventName.StartsWith("ObjectCreated:", StringComparison.Ordinal)
            || eventName.StartsWith("s3:ObjectCreated:", StringComparison.Ordinal));
}
