using System.Text.Json.Nodes;
using ScarNet.Local.Wire;

namespace ScarNet.Local.S3.Notifications;

/// <summary>
/// What S3 sends to each queue and topic when a bucket's notifications are put. Source:
/// docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// </summary>
internal static class TestEvent
{
    public static byte[] Of(string bucket, string requestId, DateTimeOffset now) => JsonOutput.Bytes(new JsonObject
    {
        ["Service"] = "Amazon S3",
        ["Event"] = "s3:TestEvent",
        ["Time"] = IsoTime.Milliseconds(now),
        ["Bucket"] = bucket,
        ["RequestId"] = requestId,
        ["HostId"] = requestId,
    });
}
