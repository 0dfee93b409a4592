using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Access;
using ScarNet.Local.Http.Payloads;

namespace ScarNet.Local.Http.Signing;

/// <summary>Decides whether a request was signed with the engine's keys, or with temporary ones that it gave. Thread-safe.</summary>
internal sealed class SignatureVerifier(EngineCredentials credentials, RoleSessions sessions, TimeProvider clock)
{
    /// <summary>Source: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (RequestTimeTooSkewed)</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    private readonly SigningKeys keys = new(credentials.SecretKey);

    /// <summary>Verifies a request. The body of everything but S3 has been read, and can be read again, when this returns.</summary>
    /// <exception cref="ApiException">It was not signed with keys that the engine gave, or at another time.</exception>
    public async ValueTask<SignedRequest> Verify(HttpContext context, RequestTarget target, SignatureClaim claim, Protocol protocol)
    {
        var session = claim.AccessKey == credentials.AccessKey ? null : SessionOf(context.Request, target, claim, protocol);
        CheckTime(claim, protocol);
        CheckHeaders(context.Request, claim, protocol);
        var payloadHash = protocol == Protocol.S3
            ? DeclaredHash(context.Request, target, claim)
            : await BufferedBody.Read(context);
        var key = (session?.Keys ?? keys).For(claim.Scope);
        if (!Matches(context.Request, target, claim, payloadHash, key))
        {
            throw Refusal.Signature(protocol);
        }

        return new SignedRequest(claim.AccessKey, claim.Scope, claim.Timestamp, claim.Signature, key, payloadHash, session);
    }

    private RoleSession SessionOf(HttpRequest request, RequestTarget target, SignatureClaim claim, Protocol protocol)
    {
        var token = claim.Validity is null ? (string?)request.Headers["x-amz-security-token"] : target.Query["X-Amz-Security-Token"];
        if (token is null || !claim.AccessKey.StartsWith(RoleSessions.AccessKeyPrefix, StringComparison.Ordinal))
        {
            throw Refusal.Key(protocol, claim.AccessKey);
        }

        var session = sessions.Find(claim.AccessKey, token) ?? throw Refusal.Token(protocol, token);
        return session.Expires > clock.GetUtcNow() ? session : throw Refusal.OldToken(protocol, token);
    }

    private static string DeclaredHash(HttpRequest request, RequestTarget target, SignatureClaim claim)
    {
        var declared = (string?)request.Headers["x-amz-content-sha256"] ?? target.Query["X-Amz-Content-Sha256"];
        return declared ?? (claim.Validity is null
            ? throw new ApiException(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
            : PayloadWords.Unsigned);
    }

    private static bool Matches(HttpRequest request, RequestTarget target, SignatureClaim claim, string payloadHash, byte[] key)
    {
        Span<byte> hash = stackalloc byte[32];
        CanonicalRequest.Hash(request, target, claim.SignedHeaders, payloadHash, claim.Scope.Service, hash);
        var text = new TextBuffer(256);
        try
        {
            text.Append(SignatureClaim.Algorithm);
            text.Append('\n');
            text.Append(claim.Timestamp);
            text.Append('\n');
            text.Append(claim.Scope.ToString());
            text.Append('\n');
            text.AppendHex(hash);
            HMACSHA256.HashData(key, text.Written, hash);
        }
        finally
        {
            text.Dispose();
        }

        Span<byte> expected = stackalloc byte[64];
        Convert.TryToHexStringLower(hash, expected, out _);
        return claim.Signature.Length == 64
            && CryptographicOperations.FixedTimeEquals(expected, Encoding.Latin1.GetBytes(claim.Signature));
    }

    private void CheckTime(SignatureClaim claim, Protocol protocol)
    {
        var now = clock.GetUtcNow();
        if (claim.Scope.Date != claim.Timestamp[..8])
        {
            throw Refusal.BadAuthorization("The date in the credential scope is not that of the request.");
        }

        if (claim.Validity is { } validity)
        {
            if (now > claim.Time + validity)
            {
                throw Refusal.Expired(claim.Time + validity, now);
            }

            if (claim.Time - now > MostSkew)
            {
                throw Refusal.Skewed(protocol, claim.Time, now);
            }
        }
        else if ((now - claim.Time).Duration() > MostSkew)
        {
            throw Refusal.Skewed(protocol, claim.Time, now);
        }
    }

    /// <summary>The host and all of S3's own headers must be signed: they say what the request does.</summary>
    private static void CheckHeaders(HttpRequest request, SignatureClaim claim, Protocol protocol)
    {
        if (Array.IndexOf(claim.SignedHeaders, "host") < 0)
        {
            throw Refusal.UnsignedHeaders("host");
        }

        if (protocol != Protocol.S3)
        {
            return;
        }

        foreach (var (name, _) in request.Headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && Array.FindIndex(claim.SignedHeaders, signed => signed.Equals(name, StringComparison.OrdinalIgnoreCase)) < 0
                && !(claim.Validity is not null && name.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase)))
            {
                throw Refusal.UnsignedHeaders(name.ToLowerInvariant());
            }
        }
    }
}
