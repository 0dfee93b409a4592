using System.Net;
using System.Text.Json;

namespace ScarNet.Core.Events;

/// <summary>
/// A task of S3 Batch Operations. Its key is encoded as in S3's own record; schema 1.0 names the bucket by ARN, 2.0 by name.
/// Source: docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
/// </summary>
internal static class BatchOperationTask
{
    public static ReceivedRecord Read(JsonElement task)
    {
        var raw = task.GetRawText();
        var taskId = task.TextOf("taskId");
        var bucket = task.TextOf("s3Bucket") ?? task.TextOf("s3BucketArn")?.Split(":::")[^1];
        if (bucket is null || task.TextOf("s3Key") is not { } key)
        {
            return ReceivedRecord.Fail("a task of S3 Batch Operations names no bucket or no key", raw, taskId);
        }

        var path = new ObjectPath(bucket, WebUtility.UrlDecode(key));
        return ReceivedRecord.Of(new ObjectEvent { Object = path, VersionId = task.TextOf("s3VersionId") }, raw, taskId);
    }
}
