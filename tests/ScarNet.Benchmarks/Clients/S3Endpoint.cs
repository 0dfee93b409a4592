using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Benchmarks.Clients;

/// <summary>A server that speaks S3 over plain HTTP, and the keys it takes.</summary>
internal sealed record S3Endpoint(Uri Address, string AccessKey, string SecretKey, string Region = "us-east-1")
{
    /// <summary>SHA-256 of nothing, in lower-case hex.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Stands for the digest where the body is not part of the signature.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    public IPEndPoint Socket => new(IPAddress.Loopback, Address.Port);

    public static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>A request's head, signed with AWS Signature Version 4.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Bucket and key, already escaped.</param>
    /// <param name="query">The canonical query string without its '?', or nothing.</param>
    /// <param name="bodyHash">Digest of the body, or <see cref="UnsignedPayload"/>.</param>
    /// <param name="bodyLength">Bytes of the body.</param>
    /// <param name="now">The time of the signature.</param>
    public string Sign(string method, string path, string query, string bodyHash, long bodyLength, DateTime now)
    {
        var host = Address.Authority;
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{Region}/s3/aws4_request";
        const string signed = "host;x-amz-content-sha256;x-amz-date";
        var canonical =
            $"{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{bodyHash}\nx-amz-date:{time}\n\n{signed}\n{bodyHash}";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Key(time[..8]), Encoding.UTF8.GetBytes(toSign)));
        var target = query.Length == 0 ? path : $"{path}?{query}";
        return $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nx-amz-content-sha256: {bodyHash}\r\nx-amz-date: {time}\r\n"
            + $"Content-Length: {bodyLength}\r\nAuthorization: AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, "
            + $"SignedHeaders={signed}, Signature={signature}\r\n\r\n";
    }

    private byte[] Key(string day)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + SecretKey);
        foreach (var part in (string[])[day, Region, "s3", "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return key;
    }
}
