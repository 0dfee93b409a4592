using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Objects;

/// <summary>An object that was looked up, with its content when that was asked for.</summary>
/// <param name="Row">Not a delete marker.</param>
/// <param name="VersionId">As clients see it; null in an unversioned bucket.</param>
/// <param name="Contents">In order; empty when only the row was asked for.</param>
internal sealed record FoundObject(ObjectRow Row, string? VersionId, IReadOnlyList<ContentPart> Contents)
{
    private const string SelectCurrent = $"""
        SELECT {QualifiedColumns}, b.versioning, c.size, c.file, c.data
        FROM s3_buckets b JOIN s3_objects o ON o.bucket = b.id AND o.key = ?2 AND o.current = 1
        LEFT JOIN s3_contents c ON c.id = o.content
        WHERE b.name = ?1
        """;

    private const string QualifiedColumns = "o.id, o.key, o.version, o.current, o.marker, o.size, o.etag, o.modified_ms, o.headers, o.tags, o.checksum, o.content, o.parts";

    /// <exception cref="ApiException">NoSuchBucket, NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker's version.</exception>
    public static FoundObject Get(SqliteConnection connection, BucketRows buckets, string bucketName, string key, string? version, bool withContent)
    {
        if (version is null && withContent && Hot(connection, bucketName, key) is { } hot)
        {
            return hot;
        }

        var bucket = buckets.Get(connection, bucketName);
        var row = version is null
            ? ObjectRows.Current(connection, bucket, key)
            : ObjectRows.Version(connection, bucket, key, version) ?? throw S3Errors.NoSuchVersion(key, version);
        if (row is null or { IsMarker: true })
        {
            throw NotThere(row, key, version);
        }

        return new FoundObject(row, ObjectStore.Shown(bucket, row.Version), withContent ? Content(connection, row) : []);
    }

    /// <summary>What nearly every read is: the current version, in one query.</summary>
    private static FoundObject? Hot(SqliteConnection connection, string bucketName, string key)
    {
        using var select = connection.Prepare(SelectCurrent);
        if (!select.Bind(1, bucketName).Bind(2, Encoding.UTF8.GetBytes(key)).Step())
        {
            return null;
        }

        var row = ObjectRows.Read(select);
        if (row.IsMarker || row.Parts > 0)
        {
            return null;
        }

        var versionId = (Versioning)select.Number(13) == Versioning.Off ? null : row.Version;
        return new FoundObject(row, versionId, row.Content is { } content
            ? [new ContentPart(content, select.Number(14), select.IsNull(16) ? null : select.Bytes(16).ToArray(), select.TextOrNull(15))]
            : []);
    }

    private static List<ContentPart> Content(SqliteConnection connection, ObjectRow row)
    {
        if (row.Parts > 0)
        {
            return ObjectRows.Parts(connection, row).ConvertAll(part => ContentRows.Describe(connection, part.Content));
        }

        return row.Content is { } content ? [ContentRows.Describe(connection, content)] : [];
    }

    private static ApiException NotThere(ObjectRow? marker, string key, string? version)
    {
        if (marker is null)
        {
            return S3Errors.NoSuchKey(key);
        }

        var error = version is null ? S3Errors.NoSuchKey(key) : S3Errors.MethodNotAllowed("GET", "DeleteMarker");
        return new ApiException(error.Status, error.Code, error.Message, [.. error.Details])
        {
            Headers = [("x-amz-delete-marker", "true"), ("x-amz-version-id", marker.Version)],
        };
    }
}
