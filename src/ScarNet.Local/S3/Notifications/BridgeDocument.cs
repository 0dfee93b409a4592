using System.Text.Json.Nodes;
using ScarNet.Local.Events;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.Wire;

namespace ScarNet.Local.S3.Notifications;

/// <summary>S3's events in EventBridge's form. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html</summary>
internal static class BridgeDocument
{
    public const string Source = "aws.s3";

    /// <returns>Null for what S3 does not tell EventBridge.</returns>
    public static BusEvent? Of(Bucket bucket, ObjectChange change, string account)
    {
        (string Type, string Reason, string? Deletion)? kind = change.EventName switch
        {
            "ObjectCreated:Put" => ("Object Created", "PutObject", null),
            "ObjectCreated:Post" => ("Object Created", "POST Object", null),
            "ObjectCreated:Copy" => ("Object Created", "CopyObject", null),
            "ObjectCreated:CompleteMultipartUpload" => ("Object Created", "CompleteMultipartUpload", null),
            "ObjectRemoved:Delete" => ("Object Deleted", "DeleteObject", "Permanently Deleted"),
            "ObjectRemoved:DeleteMarkerCreated" => ("Object Deleted", "DeleteObject", "Delete Marker Created"),
            _ => null,
        };
        if (kind is not var (type, reason, deletion))
        {
            return null;
        }

        var detail = JsonOutput.WithoutNulls(new JsonObject
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = bucket.Name },
            ["object"] = JsonOutput.WithoutNulls(new JsonObject
            {
                ["key"] = change.Key, // not encoded, unlike a notification's
                ["size"] = change.Size,
                ["etag"] = change.ETag,
                ["version-id"] = change.VersionId,
                ["sequencer"] = change.Sequencer,
            }),
            ["request-id"] = change.RequestId,
            ["requester"] = account,
            ["source-ip-address"] = "127.0.0.1",
            ["reason"] = reason,
            ["deletion-type"] = deletion,
        });
        return new(Source, type, [bucket.Arn], detail, change.Time);
    }
}
