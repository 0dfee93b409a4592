using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Delivery;
using ScarNet.Local.Events;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.S3.Listing;
using ScarNet.Local.S3.Multipart;
using ScarNet.Local.S3.Notifications;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3;

/// <summary>The engine's S3. Thread-safe.</summary>
public sealed class S3Service : IDisposable
{
    public const string Schema = BucketRows.Schema + ObjectRows.Schema + ContentRows.Schema + UploadRows.Schema + Sequencer.Schema;

    private readonly string account;
    private readonly AwsPlace place;
    private readonly Blobs blobs;
    private readonly BucketOperations buckets;
    private readonly BucketRoutes bucketRoutes;
    private readonly ObjectRoutes objectRoutes;

    /// <param name="context">The engine's.</param>
    /// <param name="bus">Takes the events of buckets that tell EventBridge.</param>
    /// <param name="destinations">Take the others.</param>
    /// <param name="mayInvoke">Whether S3 may call a function (its ARN) for a bucket (its ARN).</param>
    internal S3Service(EngineContext context, EventBus bus, Destinations destinations, Func<string, string, bool> mayInvoke)
    {
        var (database, clock) = (context.Database, context.Settings.Clock);
        account = context.Settings.Account;
        place = context.Roles.Place;
        blobs = new Blobs(context.Directory.Blobs);
        blobs.RemoveAllBut(database.Read(ContentRows.Files));
        var owner = new Owner(account);
        var receiver = new Receiver(blobs);
        var rows = new BucketRows();
        var store = new ObjectStore(database, blobs, rows, new Notifier(bus, destinations, context.Settings), clock);
        var uploadLists = new MultipartLists(database, rows, owner);
        buckets = new BucketOperations(database, store, owner, context.Settings);
        bucketRoutes = new BucketRoutes(
            buckets,
            new BucketConfigurations(database, rows, owner),
            new NotificationOperations(database, rows, mayInvoke, destinations, clock),
            new Listings(database, rows, owner),
            uploadLists,
            new BatchDelete(store, place));
        objectRoutes = new ObjectRoutes(
            new ObjectReads(database, rows, blobs),
            new ObjectWrites(store, receiver),
            new ObjectCopy(store, place),
            new ObjectTagging(database, rows, owner),
            new MultipartUploads(database, store, clock),
            new MultipartParts(database, store, receiver, blobs, clock),
            uploadLists);
        Objects = new S3Objects(database, rows, store, blobs);
    }

    /// <summary>For the engine's other services.</summary>
    public S3Objects Objects { get; }

    public Task Handle(HttpContext context)
    {
        var request = S3Request.Of(context);
        context.Response.Headers["x-amz-request-id"] = request.RequestId;
        context.Response.Headers["x-amz-id-2"] = request.RequestId;
        RequestCheck.Headers(request.Headers, account);
        return Caller.Of(context) is { } caller ? AsRole(caller, request) : Answer(request);
    }

    public void Dispose() => blobs.Dispose();

    /// <summary>
    /// Who may not list a bucket is not told that a key is missing. Source: docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
    /// </summary>
    private async Task AsRole(Caller caller, S3Request request)
    {
        try
        {
            await Answer(request);
        }
        catch (ApiException e) when (e.Code == "NoSuchKey")
        {
            var source = request.Headers["x-amz-copy-source"].ToString() is { Length: > 0 } header ? CopySource.Parse(header).Bucket : request.Bucket;
            caller.Require(S3Actions.List(place, source), Protocol.S3);
            throw;
        }
    }

    private Task Answer(S3Request request) => request.Bucket.Length == 0
        ? Service(request)
        : request.Key.Length == 0 ? bucketRoutes.Handle(request) : objectRoutes.Handle(request);

    private Task Service(S3Request request) =>
        request.Method == "GET" ? buckets.List(request) : throw S3Errors.MethodNotAllowed(request.Method, "SERVICE");
}
