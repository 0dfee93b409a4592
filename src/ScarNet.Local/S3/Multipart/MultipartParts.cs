using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Access;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Multipart;

/// <summary>UploadPart and UploadPartCopy.</summary>
internal sealed class MultipartParts(Database database, ObjectStore store, Receiver receiver, Blobs blobs, TimeProvider clock)
{
    public async Task Put(S3Request request, string id)
    {
        var number = Number(request);
        var upload = Find(request, id);
        using var draft = await ObjectWrites.Receive(request, receiver, upload.Algorithm);
        if (upload.Algorithm is { } algorithm && draft.Checksum?.Algorithm != algorithm)
        {
            throw S3Errors.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {algorithm}, actual checksum Type: {draft.Checksum?.Algorithm}");
        }

        await Store(request, id, number, draft);
        ObjectWrites.Describe(request.Response, draft.ETag, draft.Checksum, null);
        await request.Done(StatusCodes.Status200OK);
    }

    public async Task Copy(S3Request request, string id)
    {
        var number = Number(request);
        var upload = Find(request, id);
        var source = CopySource.Parse(request.Headers["x-amz-copy-source"].ToString());
        using var reading = blobs.Reading();
        var found = database.Read(
            connection => FoundObject.Get(connection, store.Buckets, source.Bucket, source.Key, source.VersionId, withContent: true));
        KmsActions.RequireContent(request.Context, found.Row);
        if (ReadCondition.OfCopySource(request.Headers).Failed(found.Row) is { } failed)
        {
            throw S3Errors.PreconditionFailed($"x-amz-copy-source-{failed}");
        }

        var range = ByteRange.Parse(request.Headers["x-amz-copy-source-range"], found.Row.Size) ?? new ByteRange(0, found.Row.Size);
        using var payload = new StoredPayload(found.Contents, range, blobs);
        using var draft = await receiver.Receive(payload, ChecksumClaim.None, upload.Algorithm, request.Aborted);
        await Store(request, id, number, draft);
        if (found.VersionId is { } version)
        {
            request.Response.Headers["x-amz-copy-source-version-id"] = version;
        }

        await Xml.Answer(request.Context, "CopyPartResult", writer =>
        {
            writer.Element("LastModified", S3Time.Iso(clock.GetUtcNow()));
            writer.Element("ETag", $"\"{draft.ETag}\"");
            if (draft.Checksum is { } checksum)
            {
                writer.Element(checksum.ElementName, checksum.Value);
            }
        });
    }

    private async Task Store(S3Request request, string id, int number, Draft draft)
    {
        await store.Commit(
            request.Bucket,
            (connection, bucket) => Insert(connection, bucket, request.Key, id, number, draft),
            draft.KeptBy,
            request.Aborted);
    }

    private Stored Insert(SqliteConnection connection, Bucket bucket, string key, string id, int number, Draft draft)
    {
        var upload = UploadRows.Get(connection, bucket, key, id); // it may have been aborted meanwhile
        var content = ContentRows.Insert(connection, draft);
        var unnamed = new List<string>();
        var part = new UploadPart(number, draft.Size, draft.ETag, clock.GetUtcNow(), content, draft.Checksum);
        UploadRows.PutPart(connection, upload.Id, part, unnamed);
        return new Stored { Unnamed = unnamed };
    }

    private Upload Find(S3Request request, string id) => database.Read(
        connection => UploadRows.Get(connection, store.Buckets.Get(connection, request.Bucket), request.Key, id));

    private static int Number(S3Request request)
    {
        var text = request.Query["partNumber"] ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10_000
            ? number
            : throw S3Errors.Invalid("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
    }
}
