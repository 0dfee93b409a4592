using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScarNet.Local.Http;

/// <summary>
/// The request line's target as it was sent. Kestrel's own Path is unescaped and has its dot segments removed, which would turn the
/// key <c>../x</c> into another one; S3 takes keys literally.
/// </summary>
/// <param name="RawPath">Percent-encoded, from the first '/'.</param>
/// <param name="Query">Decoded names and values in the order of the request.</param>
/// <param name="HostBucket">The bucket that a virtual-host style address names, else null.</param>
public sealed record RequestTarget(string RawPath, QueryParameters Query, string? HostBucket)
{
    /// <exception cref="ApiException">The target is not an origin-form path.</exception>
    public static RequestTarget Of(HttpContext context, string? hostBucket)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/'))
        {
            throw Refusal.BadTarget();
        }

        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var target = question < 0
            ? new RequestTarget(raw, QueryParameters.Empty, hostBucket)
            : new RequestTarget(raw[..question], QueryParameters.Parse(raw.AsSpan(question + 1)), hostBucket);
        context.Features.Set(target);
        return target;
    }
}
