using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http.Payloads;

/// <summary>A body that is the content, perhaps with its SHA-256 signed.</summary>
internal sealed class PlainPayload : Payload
{
    private readonly Stream body;
    private readonly byte[]? expected;
    private readonly IncrementalHash? hash;
    private bool ended;

    public PlainPayload(HttpRequest request, byte[]? expectedSha256)
    {
        body = request.Body;
        expected = expectedSha256;
        hash = expectedSha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Length = request.ContentLength ?? (request.Headers.TransferEncoding.Count > 0 ? null : 0);
    }

    public override async ValueTask<int> Read(Memory<byte> destination, CancellationToken cancellation)
    {
        if (ended)
        {
            return 0;
        }

        var read = await body.ReadAsync(destination, cancellation);
        if (read > 0)
        {
            hash?.AppendData(destination.Span[..read]);
            return read;
        }

        ended = true;
        if (hash is not null && !hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            throw new ApiException(
                400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        return 0;
    }

    public override void Dispose()
    {
        hash?.Dispose();
        base.Dispose();
    }
}
