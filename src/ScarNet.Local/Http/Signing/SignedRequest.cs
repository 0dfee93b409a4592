using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ScarNet.Local.Http.Signing;

/// <summary>A request whose signature held. What is said about its body is verified while the body is read.</summary>
/// <param name="AccessKey">Who signed.</param>
/// <param name="Scope">For which service and region.</param>
/// <param name="Timestamp">As signed.</param>
/// <param name="Signature">Lower-case hex: the seed of a body that is signed in chunks.</param>
/// <param name="SigningKey">The derived key of the scope.</param>
/// <param name="PayloadHash">x-amz-content-sha256: a hash, or one of S3's words.</param>
public sealed record SignedRequest(
    string AccessKey, CredentialScope Scope, string Timestamp, string Signature, byte[] SigningKey, string PayloadHash)
{
    public static SignedRequest Of(HttpContext context) => context.Features.GetRequiredFeature<SignedRequest>();
}
