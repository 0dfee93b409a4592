using Microsoft.AspNetCore.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Notifications;

/// <summary>Get- and PutBucketNotificationConfiguration.</summary>
/// <param name="database">Where buckets are.</param>
/// <param name="buckets">Their rows.</param>
/// <param name="mayInvoke">Whether S3 may call a function (its ARN) for a bucket (its ARN): the function exists and its policy says so.</param>
internal sealed class NotificationOperations(Database database, BucketRows buckets, Func<string, string, bool> mayInvoke)
{
    public Task Get(S3Request request)
    {
        var bucket = database.Read(connection => buckets.Get(connection, request.Bucket));
        return Xml.Answer(request.Context, NotificationXml.Root, writer => NotificationXml.Write(writer, bucket.Notifications));
    }

    public async Task Put(S3Request request)
    {
        var given = NotificationXml.Parse(await Xml.Read(request.Context, NotificationXml.Root));
        var bucket = database.Read(connection => buckets.Get(connection, request.Bucket));
        var skip = request.Headers["x-amz-skip-destination-validation"] == "true";
        var accepted = NotificationCheck.Accept(given, skip ? null : arn => mayInvoke(arn, bucket.Arn));
        await database.Write(
            connection => BucketRows.SetNotifications(connection, buckets.Get(connection, request.Bucket), accepted), request.Aborted);
        await request.Done(StatusCodes.Status200OK);
    }
}
