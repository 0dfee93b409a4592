using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Objects;

/// <summary>GetObject and HeadObject.</summary>
internal sealed class ObjectReads(Database database, BucketRows buckets, Blobs blobs)
{
    /// <summary>Query parameters that replace headers of the answer.</summary>
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("response-content-type", "Content-Type"),
        ("response-content-language", "Content-Language"),
        ("response-expires", "Expires"),
        ("response-cache-control", "Cache-Control"),
        ("response-content-disposition", "Content-Disposition"),
        ("response-content-encoding", "Content-Encoding"),
    ];

    public async Task Get(S3Request request)
    {
        using var reading = blobs.Reading();
        var found = Find(request, withContent: true);
        KmsActions.RequireContent(request.Context, found.Row);
        var range = Answer(request, found);
        if (range is not { Length: > 0 } part)
        {
            return;
        }

        var body = request.Response.Body;
        if (found.Contents is [{ Data: { } data }])
        {
            await body.WriteAsync(data.AsMemory((int)part.Start, (int)part.Length), request.Aborted); // what most objects are
            return;
        }

        await Sender.Send(found.Contents, part, blobs, bytes => body.WriteAsync(bytes, request.Aborted), request.Aborted);
    }

    public Task Head(S3Request request)
    {
        Answer(request, Find(request, withContent: false));
        return Task.CompletedTask;
    }

    private FoundObject Find(S3Request request, bool withContent) => database.Read(
        connection => FoundObject.Get(connection, buckets, request.Bucket, request.Key, request.VersionId, withContent));

    /// <summary>Sets status and headers; gives what of the content is to be sent, or null for none of it.</summary>
    private ByteRange? Answer(S3Request request, FoundObject found)
    {
        var (row, headers) = (found.Row, request.Response.Headers);
        var condition = ReadCondition.Of(request.Headers);
        if (condition.Failed(row) is { } failed)
        {
            throw S3Errors.PreconditionFailed(failed);
        }

        headers.ETag = row.QuotedETag;
        headers.LastModified = row.HttpModified;
        if (found.VersionId is not null)
        {
            headers["x-amz-version-id"] = found.VersionId;
        }

        if (condition.IsUnchanged(row))
        {
            request.Response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }

        StoredHeaders.Send(row.Headers, headers);
        headers.AcceptRanges = "bytes";
        if (row.Tags is not null)
        {
            headers["x-amz-tagging-count"] = Tags.Count(row.Tags).ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (parameter, header) in request.Query.Count == 0 ? [] : Overrides)
        {
            if (request.Query[parameter] is { } value)
            {
                headers[header] = value;
            }
        }

        return Ranged(request, row);
    }

    private ByteRange Ranged(S3Request request, ObjectRow row)
    {
        var response = request.Response;
        var partNumber = request.Number("partNumber", 0, 10_000);
        var range = partNumber > 0 ? PartRange(request, row, partNumber) : ByteRange.Parse(request.Headers.Range, row.Size);
        if (range is { } part)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = part.Of(row.Size);
        }
        else if (row.Checksum is { } checksum && request.Headers["x-amz-checksum-mode"] == "ENABLED")
        {
            response.Headers[checksum.HeaderName] = checksum.Value;
            response.Headers["x-amz-checksum-type"] = checksum.Type;
        }

        var sent = range ?? new ByteRange(0, row.Size);
        response.ContentLength = sent.Length;
        return sent;
    }

    private ByteRange? PartRange(S3Request request, ObjectRow row, int number)
    {
        if (row.Parts == 0)
        {
            return number == 1 ? null : throw InvalidPart();
        }

        request.Response.Headers["x-amz-mp-parts-count"] = row.Parts.ToString(CultureInfo.InvariantCulture);
        var start = 0L;
        foreach (var part in database.Read(connection => ObjectRows.Parts(connection, row)))
        {
            if (part.Number == number)
            {
                return new ByteRange(start, part.Size);
            }

            start += part.Size;
        }

        throw InvalidPart();
    }

    private static ApiException InvalidPart() => new(416, "InvalidPartNumber", "The requested partnumber is not satisfiable");
}
