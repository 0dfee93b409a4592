using System.Security.Cryptography;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3;

/// <summary>Reads and writes objects for the engine's other services (code of functions, supervisors, failed events). Thread-safe.</summary>
public sealed class S3Objects
{
    private readonly Database database;
    private readonly BucketRows buckets;
    private readonly ObjectStore store;
    private readonly Blobs blobs;

    internal S3Objects(Database database, BucketRows buckets, ObjectStore store, Blobs blobs)
    {
        this.store = store;
        this.database = database;
        this.buckets = buckets;
        this.blobs = blobs;
    }

    /// <summary>Stores a JSON document of some megabytes at most, over what has that key. It raises an event like any other object.</summary>
    /// <exception cref="ApiException">There is no such bucket.</exception>
    public async Task PutJson(string bucketName, string key, byte[] content, CancellationToken cancellation)
    {
        using var draft = new Draft(blobs)
        {
            Size = content.Length,
            ETag = Convert.ToHexStringLower(MD5.HashData(content)),
            Checksum = null,
            Data = content,
        };
        await store.Commit(
            bucketName,
            (connection, bucket) =>
            {
                var created = new NewObject
                {
                    Key = key,
                    Size = draft.Size,
                    ETag = draft.ETag,
                    Headers = "Content-Type:application/json\n",
                    Content = ContentRows.Insert(connection, draft),
                };
                return store.Put(connection, bucket, created, WriteCondition.None, "ObjectCreated:Put", Guid.NewGuid().ToString("N"));
            },
            cancellation);
    }

    /// <summary>An object's content as a stream that is read forwards once. It stays whole when the object is deleted meanwhile.</summary>
    /// <returns>Null when there is no such bucket or object.</returns>
    public Task<Stream?> Open(string bucket, string key, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var reading = blobs.Reading();
        try
        {
            var found = database.Read(connection => FoundObject.Get(connection, buckets, bucket, key, null, withContent: true));
            var payload = new StoredPayload(found.Contents, new ByteRange(0, found.Row.Size), blobs);
            return Task.FromResult<Stream?>(new StoredStream(payload, reading));
        }
        catch (ApiException e) when (e.Status == 404)
        {
            reading.Dispose();
            return Task.FromResult<Stream?>(null);
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }
}
