using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.S3.Notifications;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Objects;

/// <summary>
/// Changes objects by the rules of versioning, each change with its event in one durable transaction. What is done inside one is a method
/// on a connection; <see cref="Commit{T}"/> carries it out.
/// </summary>
internal sealed class ObjectStore(Database database, Blobs blobs, BucketRows buckets, Notifier notifier, TimeProvider clock)
{
    public BucketRows Buckets => buckets;

    /// <summary>Runs a change of a bucket and does what follows from it.</summary>
    public async Task<T> Commit<T>(string bucketName, Func<SqliteConnection, Bucket, T> change, Func<T, IEnumerable<Stored>> stored, CancellationToken cancellation)
    {
        var result = await database.Write(connection => change(connection, buckets.Get(connection, bucketName)), cancellation);
        var notified = false;
        foreach (var one in stored(result))
        {
            blobs.Discard(one.Unnamed);
            notified |= one.Notified;
        }

        if (notified)
        {
            notifier.Signal();
        }

        return result;
    }

    public Task<Stored> Commit(string bucketName, Func<SqliteConnection, Bucket, Stored> change, CancellationToken cancellation) =>
        Commit(bucketName, change, stored => [stored], cancellation);

    /// <summary>Stores an object as the current version.</summary>
    /// <param name="connection">In a write.</param>
    /// <param name="bucket">Read in the same write.</param>
    /// <param name="created">What to store; its content rows exist.</param>
    /// <param name="condition">What must hold.</param>
    /// <param name="eventName">Such as ObjectCreated:Put.</param>
    /// <param name="requestId">For the event.</param>
    public Stored Put(
        SqliteConnection connection, Bucket bucket, NewObject created, WriteCondition condition, string eventName, string requestId)
    {
        var current = ObjectRows.Current(connection, bucket, created.Key);
        condition.Check(current, created.Key);
        var now = clock.GetUtcNow();
        var unnamed = new List<string>();
        var version = MakeRoom(connection, bucket, created.Key, current, unnamed);
        ObjectRows.Insert(connection, bucket, created, version, now);
        var stored = new Stored { VersionId = Shown(bucket, version), Modified = now, Unnamed = unnamed };
        return Notify(
            connection, bucket, stored, () => new ObjectChange(
                eventName, created.Key, created.Size, created.ETag, stored.VersionId, notifier.Sequencer.Next(connection), now, requestId), eventName, created.Key);
    }

    /// <summary>Deletes the current version: for good when versioning is off, else behind a delete marker.</summary>
    public Stored Delete(SqliteConnection connection, Bucket bucket, string key, WriteCondition condition, string requestId)
    {
        var current = ObjectRows.Current(connection, bucket, key);
        condition.Check(current, key);
        var unnamed = new List<string>();
        if (bucket.Versioning == Versioning.Off)
        {
            if (current is null)
            {
                return new Stored();
            }

            ObjectRows.Delete(connection, current, unnamed);
            return Removed(connection, bucket, new Stored { Unnamed = unnamed }, "ObjectRemoved:Delete", key, requestId);
        }

        var version = MakeRoom(connection, bucket, key, current, unnamed);
        ObjectRows.InsertMarker(connection, bucket, key, version, clock.GetUtcNow());
        var stored = new Stored { VersionId = version, IsMarker = true, Unnamed = unnamed };
        return Removed(connection, bucket, stored, "ObjectRemoved:DeleteMarkerCreated", key, requestId);
    }

    /// <summary>Deletes one version for good.</summary>
    public Stored DeleteVersion(SqliteConnection connection, Bucket bucket, string key, string version, WriteCondition condition, string requestId)
    {
        var row = ObjectRows.Version(connection, bucket, key, version);
        condition.Check(row, key);
        if (row is null)
        {
            return new Stored { VersionId = version };
        }

        var unnamed = new List<string>();
        ObjectRows.Delete(connection, row, unnamed);
        if (row.IsCurrent)
        {
            ObjectRows.Promote(connection, bucket, key);
        }

        var stored = new Stored { VersionId = Shown(bucket, version), IsMarker = row.IsMarker, Unnamed = unnamed };
        return Removed(connection, bucket, stored, "ObjectRemoved:Delete", key, requestId);
    }

    /// <summary>The version id as clients see it.</summary>
    public static string? Shown(Bucket bucket, string version) => bucket.Versioning == Versioning.Off ? null : version;

    /// <summary>Clears the place of the current version, and names the version that comes there.</summary>
    private static string MakeRoom(SqliteConnection connection, Bucket bucket, string key, ObjectRow? current, List<string> unnamed)
    {
        if (bucket.Versioning == Versioning.Enabled)
        {
            if (current is not null)
            {
                ObjectRows.Retire(connection, current);
            }

            return Base64Url(RandomNumberGenerator.GetBytes(24));
        }

        if (current is { Version: not ObjectRow.NullVersion })
        {
            ObjectRows.Retire(connection, current);
            current = ObjectRows.Version(connection, bucket, key, ObjectRow.NullVersion);
        }

        if (current is not null)
        {
            ObjectRows.Delete(connection, current, unnamed);
        }

        return ObjectRow.NullVersion;
    }

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).Replace('+', '.').Replace('/', '_');

    private Stored Removed(SqliteConnection connection, Bucket bucket, Stored stored, string eventName, string key, string requestId) => Notify(
        connection,
        bucket,
        stored,
        () => new ObjectChange(
            eventName, key, null, null, stored.VersionId, notifier.Sequencer.Next(connection), clock.GetUtcNow(), requestId),
        eventName,
        key);

    private Stored Notify(
        SqliteConnection connection, Bucket bucket, Stored stored, Func<ObjectChange> change, string eventName, string key)
    {
        if (!notifier.Wants(bucket, eventName, key))
        {
            return stored;
        }

        notifier.Enqueue(connection, bucket, change());
        return stored with { Notified = true };
    }
}
