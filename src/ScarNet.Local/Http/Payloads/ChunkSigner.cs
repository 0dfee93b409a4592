using System.Security.Cryptography;
using System.Text;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Http.Payloads;

/// <summary>The chain of signatures of a body that is signed chunk by chunk: each covers the one before.</summary>
internal sealed class ChunkSigner(SignedRequest request)
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private string previous = request.Signature;

    /// <exception cref="ApiException">The chunk is not the one that was signed, or not in its place.</exception>
    public void VerifyChunk(ReadOnlySpan<byte> sha256, string signature) =>
        Verify(
            $"AWS4-HMAC-SHA256-PAYLOAD\n{request.Timestamp}\n{request.Scope}\n{previous}\n{EmptyHash}\n{Convert.ToHexStringLower(sha256)}",
            signature);

    /// <param name="trailers">Each as <c>name:value\n</c>.</param>
    /// <param name="signature">The value of x-amz-trailer-signature.</param>
    public void VerifyTrailers(string trailers, string signature)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(trailers)));
        Verify($"AWS4-HMAC-SHA256-TRAILER\n{request.Timestamp}\n{request.Scope}\n{previous}\n{hash}", signature);
    }

    private void Verify(string text, string signature)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(request.SigningKey, Encoding.ASCII.GetBytes(text)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.Latin1.GetBytes(signature)))
        {
            throw Refusal.Signature(Protocol.S3);
        }

        previous = expected;
    }
}
