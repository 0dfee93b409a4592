using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Contents;

namespace ScarNet.Local.S3.Objects;

/// <summary>PutObject and DeleteObject.</summary>
internal sealed class ObjectWrites(ObjectStore store, Receiver receiver)
{
    /// <summary>5 GiB. Source: docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html</summary>
    public const long MostInOnePut = 5L * 1024 * 1024 * 1024;

    public async Task Put(S3Request request)
    {
        var headers = StoredHeaders.Of(request.Headers);
        var tags = Tags.OfHeader(request.Headers["x-amz-tagging"]);
        var condition = WriteCondition.Of(request.Headers);
        using var draft = await Receive(request, receiver, null);
        var stored = await store.Commit(
            request.Bucket,
            (connection, bucket) => Insert(connection, bucket, request, draft, headers, tags, condition),
            draft.KeptBy,
            request.Aborted);
        Describe(request.Response, draft.ETag, draft.Checksum, stored.VersionId);
        await request.Done(StatusCodes.Status200OK);
    }

    public async Task Delete(S3Request request)
    {
        var condition = WriteCondition.Of(request.Headers);
        var stored = await store.Commit(
            request.Bucket,
            (connection, bucket) => request.VersionId is { } version
                ? store.DeleteVersion(connection, bucket, request.Key, version, condition, request.RequestId)
                : store.Delete(connection, bucket, request.Key, condition, request.RequestId),
            request.Aborted);
        if (stored.VersionId is { } id)
        {
            request.Response.Headers["x-amz-version-id"] = id;
        }

        if (stored.IsMarker)
        {
            request.Response.Headers["x-amz-delete-marker"] = "true";
        }

        await request.Done(StatusCodes.Status204NoContent);
    }

    /// <summary>Takes in the body of an object or a part.</summary>
    /// <exception cref="ApiException">It is too large, of unknown length, or not what was signed and declared.</exception>
    public static async Task<Draft> Receive(S3Request request, Receiver receiver, ChecksumAlgorithm? algorithm)
    {
        using var payload = Payload.Open(request.Context);
        if (payload.Length is not { } length)
        {
            throw new ApiException(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        }

        if (length > MostInOnePut)
        {
            throw new ApiException(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");
        }

        return await receiver.Receive(payload, ChecksumClaim.Of(request.Context.Request), algorithm, request.Aborted);
    }

    /// <summary>The headers that describe what was stored.</summary>
    public static void Describe(HttpResponse response, string etag, Checksum? checksum, string? versionId)
    {
        response.Headers.ETag = $"\"{etag}\"";
        if (checksum is not null)
        {
            response.Headers[checksum.HeaderName] = checksum.Value;
            response.Headers["x-amz-checksum-type"] = checksum.Type;
        }

        if (versionId is not null)
        {
            response.Headers["x-amz-version-id"] = versionId;
        }
    }

    private Stored Insert(
        SqliteConnection connection, Bucket bucket, S3Request request, Draft draft, string headers, string? tags, WriteCondition condition)
    {
        var created = new NewObject
        {
            Key = request.Key,
            Size = draft.Size,
            ETag = draft.ETag,
            Headers = headers,
            Tags = tags,
            Checksum = draft.Checksum,
            Content = draft.Size == 0 ? null : ContentRows.Insert(connection, draft),
        };
        return store.Put(connection, bucket, created, condition, "ObjectCreated:Put", request.RequestId);
    }
}
