using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Access;

namespace ScarNet.Local.Http.Signing;

/// <summary>A request whose signature held. What is said about its body is verified while the body is read.</summary>
/// <param name="AccessKey">Who signed.</param>
/// <param name="Scope">For which service and region.</param>
/// <param name="Timestamp">As signed.</param>
/// <param name="Signature">Lower-case hex: the seed of a body that is signed in chunks.</param>
/// <param name="SigningKey">The derived key of the scope.</param>
/// <param name="PayloadHash">x-amz-content-sha256: a hash, or one of S3's words.</param>
/// <param name="Session">The role that signed; null for the engine's own keys.</param>
public sealed record SignedRequest(
    string AccessKey, CredentialScope Scope, string Timestamp, string Signature, byte[] SigningKey, string PayloadHash, RoleSession? Session = null)
{
    public static SignedRequest Of(HttpContext context) => context.Features.GetRequiredFeature<SignedRequest>();
}
