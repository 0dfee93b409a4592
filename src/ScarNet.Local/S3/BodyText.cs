using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.S3.Checksums;

namespace ScarNet.Local.S3;

/// <summary>Small bodies: documents. Signature, Content-MD5 and checksums are verified.</summary>
internal static class BodyText
{
    /// <param name="context">The request.</param>
    /// <param name="mostBytes">A longer body is refused.</param>
    /// <param name="checksumIsOfBody">False where the checksum headers speak of an object, as with CompleteMultipartUpload.</param>
    public static async Task<byte[]> Read(HttpContext context, int mostBytes, bool checksumIsOfBody = true)
    {
        using var payload = Payload.Open(context);
        var claim = checksumIsOfBody ? ChecksumClaim.Of(context.Request) : ChecksumClaim.None;
        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await payload.Read(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > mostBytes)
            {
                throw new ApiException(400, "MaxMessageLengthExceeded", "Your request was too big.");
            }

            body.Write(buffer, 0, read);
        }

        var bytes = body.ToArray();
        claim.Verify(MD5.HashData(bytes), Compute(claim.Algorithm, bytes), payload.Trailers);
        return bytes;
    }

    private static Checksum? Compute(ChecksumAlgorithm? algorithm, byte[] bytes)
    {
        if (algorithm is not { } known)
        {
            return null;
        }

        using var running = RunningChecksum.Start(known);
        running.Append(bytes);
        return running.Finish();
    }
}
