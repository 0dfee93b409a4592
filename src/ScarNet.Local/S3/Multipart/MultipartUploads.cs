using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Multipart;

/// <summary>Begins, completes and aborts multipart uploads.</summary>
internal sealed class MultipartUploads(Database database, ObjectStore store, TimeProvider clock)
{
    public async Task Create(S3Request request)
    {
        var algorithm = ChecksumClaim.Parse(request.Headers["x-amz-checksum-algorithm"]);
        var upload = new Upload(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)),
            request.Key,
            clock.GetUtcNow(),
            StoredHeaders.Of(request.Headers),
            Tags.OfHeader(request.Headers["x-amz-tagging"]),
            algorithm,
            IsComposite(algorithm, request.Headers["x-amz-checksum-type"]));
        await database.Write(
            connection => UploadRows.Insert(connection, store.Buckets.Get(connection, request.Bucket), upload), request.Aborted);
        if (algorithm is not null)
        {
            request.Response.Headers["x-amz-checksum-algorithm"] = algorithm.ToString();
            request.Response.Headers["x-amz-checksum-type"] = upload.Type;
        }

        await Xml.Answer(request.Context, "InitiateMultipartUploadResult", writer =>
        {
            writer.Element("Bucket", request.Bucket);
            writer.Element("Key", request.Key);
            writer.Element("UploadId", upload.Id);
        });
    }

    public async Task Complete(S3Request request, string id)
    {
        var wanted = Completion.Wanted(await Xml.Read(request.Context, "CompleteMultipartUpload", checksumIsOfBody: false));
        var condition = WriteCondition.Of(request.Headers);
        var (created, stored) = await store.Commit(
            request.Bucket,
            (connection, bucket) => Complete(connection, bucket, request, id, wanted, condition),
            result => [result.Stored],
            request.Aborted);
        if (stored.VersionId is { } version)
        {
            request.Response.Headers["x-amz-version-id"] = version;
        }

        await Xml.Answer(request.Context, "CompleteMultipartUploadResult", writer =>
        {
            writer.Element("Location", $"http://{request.Context.Request.Host}/{request.Bucket}/{UriText.Encode(request.Key, keepSlash: true)}");
            writer.Element("Bucket", request.Bucket);
            writer.Element("Key", request.Key);
            writer.Element("ETag", $"\"{created.ETag}\"");
            if (created.Checksum is { } checksum)
            {
                writer.Element(checksum.ElementName, checksum.Value);
                writer.Element("ChecksumType", checksum.Type);
            }
        });
    }

    public async Task Abort(S3Request request, string id)
    {
        await store.Commit(
            request.Bucket,
            (connection, bucket) =>
            {
                var upload = UploadRows.Get(connection, bucket, request.Key, id);
                var unnamed = new List<string>();
                UploadRows.Delete(connection, upload.Id, _ => false, unnamed);
                return new Stored { Unnamed = unnamed };
            },
            request.Aborted);
        await request.Done(StatusCodes.Status204NoContent);
    }

    private (NewObject Created, Stored Stored) Complete(
        SqliteConnection connection,
        Bucket bucket,
        S3Request request,
        string id,
        IReadOnlyList<(int Number, string ETag)> wanted,
        WriteCondition condition)
    {
        var upload = UploadRows.Get(connection, bucket, request.Key, id);
        var parts = Completion.Choose(wanted, UploadRows.Parts(connection, id));
        var created = new NewObject
        {
            Key = upload.Key,
            Size = parts.Sum(part => part.Size),
            ETag = Completion.ETag(parts),
            Headers = upload.Headers,
            Tags = upload.Tags,
            Checksum = Completion.Check(upload, parts, request.Headers),
            Parts = [.. parts.Select(part => new ObjectPart(part.Number, part.Size, part.Content, part.Checksum))],
        };
        var stored = store.Put(
            connection, bucket, created, condition, "ObjectCreated:CompleteMultipartUpload", request.RequestId);
        var taken = parts.Select(part => part.Number).ToHashSet();
        UploadRows.Delete(connection, id, part => taken.Contains(part.Number), stored.Unnamed);
        return (created, stored);
    }

    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html (x-amz-checksum-type)</summary>
    private static bool IsComposite(ChecksumAlgorithm? algorithm, string? type)
    {
        var isHash = algorithm is ChecksumAlgorithm.SHA1 or ChecksumAlgorithm.SHA256;
        return (algorithm, type) switch
        {
            (null, null) => false,
            (null, _) => throw S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."),
            (ChecksumAlgorithm.CRC64NVME, "COMPOSITE") => throw Unsupported(algorithm, type),
            (_, "FULL_OBJECT") when isHash => throw Unsupported(algorithm, type),
            (ChecksumAlgorithm.CRC64NVME, _) or (_, "FULL_OBJECT") => false,
            (_, null or "COMPOSITE") => true,
            _ => throw S3Errors.Invalid("Value for x-amz-checksum-type header is invalid.", "x-amz-checksum-type", type),
        };
    }

    private static ApiException Unsupported(ChecksumAlgorithm? algorithm, string type) =>
        S3Errors.InvalidRequest($"The {type} checksum type cannot be used with the {algorithm} checksum algorithm.");
}
