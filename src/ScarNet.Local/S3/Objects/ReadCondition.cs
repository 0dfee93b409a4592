using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.S3.Objects;

/// <summary>The conditions of a read, or of the source of a copy. Source: RFC 9110 13.2.2, docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</summary>
internal sealed record ReadCondition(string? IfMatch, string? IfNoneMatch, DateTimeOffset? IfModifiedSince, DateTimeOffset? IfUnmodifiedSince)
{
    public static ReadCondition Of(IHeaderDictionary headers) => new(
        headers.IfMatch, headers.IfNoneMatch, Date(headers.IfModifiedSince), Date(headers.IfUnmodifiedSince));

    public static ReadCondition OfCopySource(IHeaderDictionary headers) => new(
        headers["x-amz-copy-source-if-match"],
        headers["x-amz-copy-source-if-none-match"],
        Date(headers["x-amz-copy-source-if-modified-since"]),
        Date(headers["x-amz-copy-source-if-unmodified-since"]));

    /// <summary>Name of the condition that failed with 412, or null.</summary>
    public string? Failed(ObjectRow row)
    {
        if (IfMatch is not null)
        {
            return ETags.Contains(IfMatch, row.ETag) ? null : "If-Match"; // it overrules If-Unmodified-Since
        }

        return IfUnmodifiedSince is { } since && row.ModifiedSecond > since ? "If-Unmodified-Since" : null;
    }

    /// <summary>Whether the reader has it already (304).</summary>
    public bool IsUnchanged(ObjectRow row) => IfNoneMatch is not null
        ? ETags.Contains(IfNoneMatch, row.ETag) // it overrules If-Modified-Since
        : IfModifiedSince is { } since && row.ModifiedSecond <= since;

    private static DateTimeOffset? Date(string? header) =>
        DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
