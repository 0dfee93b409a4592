namespace ScarNet.Local.Http;

/// <summary>Why the gateway turns a request away, with AWS's own codes.</summary>
internal static class Refusal
{
    public static ApiException Host(string? host, int port) => new(
        403, "AccessDenied", $"The Host header '{host}' is not the engine's: use 127.0.0.1:{port} or localhost:{port}.");

    public static ApiException UnknownService(string service) => new(
        501, "UnknownService", $"The local engine has no service '{service}'. It has s3, lambda, batch, logs, iam, sts and cloudformation.");

    public static ApiException BadTarget() => new(400, "InvalidURI", "Couldn't parse the specified URI.");

    public static ApiException Unsigned() => new(403, "AccessDenied", "Access Denied: the request carries no signature.");

    public static ApiException BadAuthorization(string what) => new(400, "AuthorizationHeaderMalformed", what);

    public static ApiException BadQueryAuthorization(string what) => new(400, "AuthorizationQueryParametersError", what);

    public static ApiException OldSignature() => new(
        400, "InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");

    public static ApiException Key(Protocol protocol, string accessKey) => protocol switch
    {
        Protocol.S3 => new(
            403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ("AWSAccessKeyId", accessKey)),
        Protocol.Query => new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
        _ => new(403, "UnrecognizedClientException", "The security token included in the request is invalid."),
    };

    public static ApiException Token(Protocol protocol, string token) => protocol switch
    {
        Protocol.S3 => new(400, "InvalidToken", "The provided token is malformed or otherwise invalid.", ("Token-0", token)),
        _ => Key(protocol, ""),
    };

    public static ApiException OldToken(Protocol protocol, string token) => protocol switch
    {
        Protocol.S3 => new(400, "ExpiredToken", "The provided token has expired.", ("Token-0", token)),
        Protocol.Query => new(403, "ExpiredToken", "The security token included in the request is expired"),
        _ => new(403, "ExpiredTokenException", "The security token included in the request is expired"),
    };

    public static ApiException Signature(Protocol protocol) => new(
        403,
        protocol == Protocol.Json ? "InvalidSignatureException" : "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    public static ApiException Skewed(Protocol protocol, DateTimeOffset request, DateTimeOffset server) => protocol == Protocol.S3
        ? new(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
            ("RequestTime", $"{request.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"),
            ("ServerTime", $"{server.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
            ("MaxAllowedSkewMilliseconds", "900000"))
        : new(
            403,
            protocol == Protocol.Json ? "InvalidSignatureException" : "SignatureDoesNotMatch",
            $"Signature expired or not yet valid: {request.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}; the engine's time is {server.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.");

    public static ApiException Expired(DateTimeOffset at, DateTimeOffset server) => new(
        403,
        "AccessDenied",
        "Request has expired",
        ("Expires", $"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"),
        ("ServerTime", $"{server.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"));

    public static ApiException UnsignedHeaders(string names) => new(
        403, "AccessDenied", "There were headers present in the request which were not signed", ("HeadersNotSigned", names));

    public static ApiException TooLarge(long limit) => new(
        413, "RequestEntityTooLargeException", $"The request body is larger than {limit} bytes.");
}
