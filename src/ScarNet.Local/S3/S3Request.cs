using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3;

/// <summary>A verified request in S3's terms.</summary>
/// <param name="Context">For headers, body and answer.</param>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Decoded, any text of at most 1,024 bytes; empty for the bucket itself. Never a file path.</param>
/// <param name="Query">Decoded.</param>
internal sealed record S3Request(HttpContext Context, string Bucket, string Key, QueryParameters Query)
{
    private const int MostKeyBytes = 1024;

    public string Method => Context.Request.Method;

    public IHeaderDictionary Headers => Context.Request.Headers;

    public HttpResponse Response => Context.Response;

    public CancellationToken Aborted => Context.RequestAborted;

    public string RequestId => Http.RequestId.Of(Context);

    /// <summary>Null for the current version.</summary>
    public string? VersionId => Query["versionId"] switch
    {
        "" => throw S3Errors.Invalid("Version id cannot be the empty string", "versionId", ""),
        var id => id,
    };

    /// <exception cref="ApiException">InvalidURI or KeyTooLongError.</exception>
    public static S3Request Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<RequestTarget>();
        var path = target.RawPath.AsSpan(1);
        var bucket = target.HostBucket;
        if (bucket is null)
        {
            var slash = path.IndexOf('/');
            bucket = UriText.Decode(slash < 0 ? path : path[..slash], plusIsSpace: false);
            path = slash < 0 ? [] : path[(slash + 1)..];
        }

        var key = UriText.Decode(path, plusIsSpace: false);
        CheckKey(key);
        return new S3Request(context, bucket, key, target.Query);
    }

    public static void CheckKey(string key)
    {
        if (key.Length * 3 > MostKeyBytes && Encoding.UTF8.GetByteCount(key) > MostKeyBytes)
        {
            throw new ApiException(400, "KeyTooLongError", "Your key is too long", ("MaxSizeAllowed", "1024"));
        }
    }

    /// <summary>A number in the query.</summary>
    /// <exception cref="ApiException">InvalidArgument.</exception>
    public int Number(string name, int otherwise, int most)
    {
        if (Query[name] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return int.TryParse(text, out var number) && number >= 0
            ? Math.Min(number, most)
            : throw S3Errors.Invalid($"Provided {name} not an integer or within integer range", name, text);
    }

    /// <summary>Answers without a body.</summary>
    public Task Done(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
        {
            Response.ContentLength = 0;
        }

        return Task.CompletedTask;
    }
}
