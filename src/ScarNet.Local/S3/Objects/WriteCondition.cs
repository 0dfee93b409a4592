using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.S3.Objects;

/// <summary>If-Match and If-None-Match of a write, decided in the transaction of the write: of many at once, one wins.</summary>
/// <param name="IfMatch">An ETag, with or without quotes, or *; null when absent.</param>
/// <param name="MustNotExist">If-None-Match: *</param>
internal sealed record WriteCondition(string? IfMatch, bool MustNotExist)
{
    public static readonly WriteCondition None = new(null, false);

    public static WriteCondition Of(IHeaderDictionary headers)
    {
        string? match = headers.IfMatch;
        string? noneMatch = headers.IfNoneMatch;
        if (match is null && noneMatch is null)
        {
            return None;
        }

        return noneMatch is null or "*"
            ? new WriteCondition(match, noneMatch is not null)
            : throw S3Errors.NotImplemented("If-None-Match with an ETag on writes (S3 neither): use *");
    }

    /// <param name="current">The current version, or null; a delete marker counts as nothing.</param>
    /// <param name="key">Of the object.</param>
    /// <exception cref="Http.ApiException">412, or 404 where If-Match finds nothing.</exception>
    public void Check(ObjectRow? current, string key)
    {
        var existing = current is { IsMarker: false } ? current : null;
        if (MustNotExist && existing is not null)
        {
            throw S3Errors.PreconditionFailed("If-None-Match");
        }

        if (IfMatch is null)
        {
            return;
        }

        if (existing is null)
        {
            throw S3Errors.NoSuchKey(key);
        }

        if (IfMatch != "*" && ETags.Unquote(IfMatch) != existing.ETag)
        {
            throw S3Errors.PreconditionFailed("If-Match");
        }
    }
}
