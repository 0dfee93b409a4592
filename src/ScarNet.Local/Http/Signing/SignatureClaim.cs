using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http.Signing;

/// <summary>What a request says of its own signature, in a header or (presigned) in its query. Nothing of it is verified yet.</summary>
internal sealed record SignatureClaim
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public required string AccessKey { get; init; }

    public required CredentialScope Scope { get; init; }

    /// <summary>Lower-case names, in the order of the canonical request.</summary>
    public required string[] SignedHeaders { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Signature { get; init; }

    /// <summary>yyyyMMddTHHmmssZ, as sent: it is part of what is signed.</summary>
    public required string Timestamp { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>How long a presigned URL is good for; null when the signature is in the header.</summary>
    public TimeSpan? Validity { get; init; }

    /// <exception cref="ApiException">There is no signature, or it cannot be read.</exception>
    public static SignatureClaim Of(HttpRequest request, RequestTarget target)
    {
        if (request.Headers.Authorization is [{ } header, ..])
        {
            return FromHeader(header, request);
        }

        if (target.Query["X-Amz-Algorithm"] is { } algorithm)
        {
            return FromQuery(algorithm, target.Query);
        }

        throw target.Query.Has("AWSAccessKeyId") ? Refusal.OldSignature() : Refusal.Unsigned();
    }

    private static SignatureClaim FromHeader(string header, HttpRequest request)
    {
        if (!header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw Refusal.OldSignature();
        }

        string? credential = null, signedHeaders = null, signature = null;
        var rest = header.AsSpan(Algorithm.Length);
        foreach (var range in rest.Split(','))
        {
            var part = rest[range].Trim();
            Take(part, "Credential=", ref credential);
            Take(part, "SignedHeaders=", ref signedHeaders);
            Take(part, "Signature=", ref signature);
        }

        if (credential is null || signedHeaders is null || signature is null)
        {
            throw Refusal.BadAuthorization("The authorization header is malformed: it must have Credential, SignedHeaders and Signature.");
        }

        if (!CredentialScope.TryParse(credential, out var accessKey, out var scope))
        {
            throw Refusal.BadAuthorization(
                "The authorization header is malformed: the Credential must be '<key>/<yyyyMMdd>/<region>/<service>/aws4_request'.");
        }

        var timestamp = (string?)request.Headers["x-amz-date"] ?? HttpDate(request.Headers.Date);
        return new SignatureClaim
        {
            AccessKey = accessKey,
            Scope = scope,
            SignedHeaders = signedHeaders.Split(';'),
            Signature = signature,
            Timestamp = timestamp ?? "",
            Time = ParseTime(timestamp) ?? throw Refusal.BadAuthorization("The request has no X-Amz-Date header of the form yyyyMMddTHHmmssZ."),
        };
    }

    private static SignatureClaim FromQuery(string algorithm, QueryParameters query)
    {
        if (algorithm != Algorithm)
        {
            throw Refusal.BadQueryAuthorization($"X-Amz-Algorithm only supports \"{Algorithm}\"");
        }

        if (!CredentialScope.TryParse(query["X-Amz-Credential"] ?? "", out var accessKey, out var scope))
        {
            throw Refusal.BadQueryAuthorization("X-Amz-Credential must be '<key>/<yyyyMMdd>/<region>/<service>/aws4_request'.");
        }

        if (!int.TryParse(query["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 604_800)
        {
            throw Refusal.BadQueryAuthorization("X-Amz-Expires must be a number of seconds from 0 to 604800 (a week).");
        }

        return new SignatureClaim
        {
            AccessKey = accessKey,
            Scope = scope,
            SignedHeaders = (query["X-Amz-SignedHeaders"] ?? "").Split(';'),
            Signature = query["X-Amz-Signature"] ?? "",
            Timestamp = query["X-Amz-Date"] ?? "",
            Time = ParseTime(query["X-Amz-Date"])
                ?? throw Refusal.BadQueryAuthorization("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""),
            Validity = TimeSpan.FromSeconds(seconds),
        };
    }

    private static void Take(ReadOnlySpan<char> part, string name, ref string? value)
    {
        if (part.StartsWith(name, StringComparison.Ordinal))
        {
            value = part[name.Length..].ToString();
        }
    }

    private static string? HttpDate(string? date) =>
        DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
            : null;

    private static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParseExact(
            text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
