using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Delivery;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Notifications;

/// <summary>Get- and PutBucketNotificationConfiguration.</summary>
/// <param name="database">Where buckets are.</param>
/// <param name="buckets">Their rows.</param>
/// <param name="mayInvoke">Whether S3 may call a function (its ARN) for a bucket (its ARN): the function exists and its policy says so.</param>
/// <param name="destinations">Queues and topics: each gets a test event when it is put.</param>
/// <param name="clock">The time.</param>
internal sealed class NotificationOperations(
    Database database, BucketRows buckets, Func<string, string, bool> mayInvoke, Destinations destinations, TimeProvider clock)
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
            connection =>
            {
                var found = buckets.Get(connection, request.Bucket);
                if (!skip)
                {
                    Test(connection, found, accepted, request.RequestId);
                }

                BucketRows.SetNotifications(connection, found, accepted);
            },
            request.Aborted);
        destinations.Signal();
        await request.Done(StatusCodes.Status200OK);
    }

    // Those of other accounts are kept, so that a configuration can be looked at that was made for AWS.
    private void Test(SqliteConnection connection, Bucket bucket, NotificationConfiguration configuration, string requestId)
    {
        foreach (var arn in configuration.Rules.Where(rule => rule.Kind != DestinationKind.Function).Select(rule => rule.Arn).Distinct().Where(destinations.AreOurs))
        {
            var test = new Message(TestEvent.Of(bucket.Name, requestId, clock.GetUtcNow())) { Subject = Notifier.Subject };
            if (destinations.Send(connection, new Sender(Notifier.Service, bucket.Arn), arn, test) is { } failure)
            {
                throw NotificationCheck.Refused(arn, failure);
            }
        }
    }
}
