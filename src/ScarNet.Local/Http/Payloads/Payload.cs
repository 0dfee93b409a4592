using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Http.Payloads;

/// <summary>The content of a request body, freed of its transport encoding. Once it has ended, what was signed of it has been verified.</summary>
internal abstract class Payload : IDisposable
{
    /// <summary>Bytes of content as the request declares them; null when it does not.</summary>
    public long? Length { get; protected init; }

    /// <summary>What came after the content; complete once it has ended. Names are lower-case.</summary>
    public virtual IReadOnlyDictionary<string, string> Trailers => FrozenDictionary<string, string>.Empty;

    /// <summary>The content of a verified S3 request.</summary>
    /// <exception cref="ApiException">The request says something about its body that cannot be.</exception>
    public static Payload Open(HttpContext context)
    {
        var request = context.Request;
        var signed = SignedRequest.Of(context);
        var word = signed.PayloadHash;
        return word switch
        {
            PayloadWords.Unsigned => new PlainPayload(request, null),
            PayloadWords.SignedChunks => new ChunkedPayload(request.Body, DecodedLength(request), new ChunkSigner(signed), hasTrailers: false),
            PayloadWords.SignedChunksTrailer =>
                new ChunkedPayload(request.Body, DecodedLength(request), new ChunkSigner(signed), hasTrailers: true),
            PayloadWords.UnsignedChunksTrailer => new ChunkedPayload(request.Body, DecodedLength(request), null, hasTrailers: true),
            _ when word.Length == 64 && word.All(char.IsAsciiHexDigit) => new PlainPayload(request, Convert.FromHexString(word)),
            _ => throw new ApiException(
                400,
                "InvalidArgument",
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, one of the STREAMING words, or a valid sha256 value.",
                ("ArgumentName", "x-amz-content-sha256"),
                ("ArgumentValue", word)),
        };
    }

    /// <summary>Reads some content; 0 once it has ended, and everything that was said of it held.</summary>
    /// <exception cref="ApiException">The content is not what was signed or declared.</exception>
    public abstract ValueTask<int> Read(Memory<byte> destination, CancellationToken cancellation);

    /// <summary>Reads until the destination is full or the content has ended.</summary>
    public async ValueTask<int> Fill(Memory<byte> destination, CancellationToken cancellation)
    {
        var filled = 0;
        while (filled < destination.Length && await Read(destination[filled..], cancellation) is > 0 and var read)
        {
            filled += read;
        }

        return filled;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    private static long? DecodedLength(HttpRequest request) =>
        long.TryParse(request.Headers["x-amz-decoded-content-length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new ApiException(411, "MissingContentLength", "You must provide the x-amz-decoded-content-length HTTP header.");
}
