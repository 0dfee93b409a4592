using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace ScarNet.Aws.S3;

/// <summary>Signature Version 4 of requests to S3 without a body. Keeps the day's key. Safe for concurrent use.</summary>
/// <param name="region">That the requests are signed for.</param>
internal sealed class RequestSignature(string region)
{
    /// <summary>SHA-256 of nothing.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    private DayKey? last;

    /// <summary>Adds the date, the token and the signature to the request's headers.</summary>
    /// <param name="request">With all its other headers; path and query are encoded, the query's members in order.</param>
    /// <param name="keys">Who asks.</param>
    /// <param name="now">UTC.</param>
    public void Sign(HttpRequestMessage request, ImmutableCredentials keys, DateTime now)
    {
        var time = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var day = time[..8];
        request.Headers.Add("x-amz-content-sha256", EmptyHash);
        request.Headers.Add("x-amz-date", time);
        if (keys.UseToken)
        {
            request.Headers.Add("x-amz-security-token", keys.Token);
        }

        var address = request.RequestUri!;
        var headers = request.Headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value)))
            .Append(("host", address.Authority))
            .OrderBy(header => header.Item1, StringComparer.Ordinal)
            .ToArray();
        var names = string.Join(';', headers.Select(header => header.Item1));
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(address.AbsolutePath).Append('\n')
            .Append(address.Query.AsSpan(address.Query.Length == 0 ? 0 : 1)).Append('\n')
            .AppendJoin("", headers.Select(header => $"{header.Item1}:{header.Item2.Trim()}\n")).Append('\n')
            .Append(names).Append('\n')
            .Append(EmptyHash);
        var scope = $"{day}/{region}/s3/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Key(keys.SecretKey, day), Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"{Algorithm} Credential={keys.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private byte[] Key(string secret, string day)
    {
        if (last is { } known && known.Day == day && known.Secret == secret)
        {
            return known.Key;
        }

        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[day, region, "s3", "aws4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        last = new(day, secret, key);
        return key;
    }

    private sealed record DayKey(string Day, string Secret, byte[] Key);
}
