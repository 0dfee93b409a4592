using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Contents;

namespace ScarNet.Local.S3.Objects;

/// <summary>CopyObject. The copy shares the content of its source, so its size does not matter.</summary>
internal sealed class ObjectCopy(ObjectStore store, AwsPlace place)
{
    public async Task Copy(S3Request request)
    {
        var source = CopySource.Parse(request.Headers["x-amz-copy-source"].ToString());
        var replaceHeaders = Replaces(request, "x-amz-metadata-directive");
        var replaceTags = Replaces(request, "x-amz-tagging-directive");
        if (source.Bucket == request.Bucket && source.Key == request.Key && source.VersionId is null && !replaceHeaders
            && !request.Headers.ContainsKey("x-amz-storage-class"))
        {
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.");
        }

        var headers = replaceHeaders ? StoredHeaders.Of(request.Headers) : null;
        var tags = replaceTags ? Tags.OfHeader(request.Headers["x-amz-tagging"]) : null;
        var algorithm = ChecksumClaim.Parse(request.Headers["x-amz-checksum-algorithm"]);
        var (from, stored) = await store.Commit(
            request.Bucket,
            (connection, bucket) =>
            {
                var found = Source(connection, request, source, algorithm);
                if (!replaceTags && found.Row.Tags is not null)
                {
                    RequireTags(request, source);
                }

                var created = Share(connection, request.Key, found.Row) with
                {
                    Headers = headers ?? found.Row.Headers,
                    Tags = replaceTags ? tags : found.Row.Tags,
                };
                var condition = WriteCondition.Of(request.Headers);
                return (found, store.Put(connection, bucket, created, condition, "ObjectCreated:Copy", request.RequestId));
            },
            result => [result.Item2],
            request.Aborted);
        if (from.VersionId is { } version)
        {
            request.Response.Headers["x-amz-copy-source-version-id"] = version;
        }

        if (stored.VersionId is { } id)
        {
            request.Response.Headers["x-amz-version-id"] = id;
        }

        await Answer(request, from.Row, stored);
    }

    // Source: docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html (x-amz-tagging-directive)
    private void RequireTags(S3Request request, CopySource source)
    {
        var caller = Caller.Of(request.Context);
        caller?.Require(new("s3:GetObjectTagging", place.Objects(source.Bucket, source.Key)), Protocol.S3);
        caller?.Require(new("s3:PutObjectTagging", place.Objects(request.Bucket, request.Key)), Protocol.S3);
    }

    private FoundObject Source(SqliteConnection connection, S3Request request, CopySource source, ChecksumAlgorithm? algorithm)
    {
        var found = FoundObject.Get(connection, store.Buckets, source.Bucket, source.Key, source.VersionId, withContent: false);
        KmsActions.RequireContent(request.Context, found.Row);
        var condition = ReadCondition.OfCopySource(request.Headers);
        if (condition.Failed(found.Row) is { } failed)
        {
            throw S3Errors.PreconditionFailed($"x-amz-copy-source-{failed}");
        }

        if (condition.IsUnchanged(found.Row))
        {
            throw S3Errors.PreconditionFailed("x-amz-copy-source-If-None-Match");
        }

        return algorithm is null || algorithm == found.Row.Checksum?.Algorithm
            ? found
            : throw S3Errors.NotImplemented($"a {algorithm} checksum for a copy of an object that has none: put the object anew");
    }

    /// <summary>The same content under another key.</summary>
    private static NewObject Share(SqliteConnection connection, string key, ObjectRow source)
    {
        var parts = source.Parts > 0 ? ObjectRows.Parts(connection, source) : [];
        foreach (var content in source.Content is { } one ? [one] : parts.Select(p => p.Content))
        {
            ContentRows.AddReference(connection, content);
        }

        return new NewObject
        {
            Key = key,
            Size = source.Size,
            ETag = source.ETag,
            Headers = source.Headers,
            Checksum = source.Checksum,
            Content = source.Content,
            Parts = parts,
        };
    }

    private static Task Answer(S3Request request, ObjectRow source, Stored stored) => Xml.Answer(request.Context, "CopyObjectResult", writer =>
    {
        writer.Element("LastModified", S3Time.Iso(stored.Modified));
        writer.Element("ETag", source.QuotedETag);
        if (source.Checksum is { } checksum)
        {
            writer.Element(checksum.ElementName, checksum.Value);
            writer.Element("ChecksumType", checksum.Type);
        }
    });

    private static bool Replaces(S3Request request, string header) => (string?)request.Headers[header] switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.Invalid($"Unknown {header[6..]}.", header, other),
    };
}
