using Amazon.Runtime;
using ScarNet.Aws.S3;

namespace ScarNet.Tests.Aws;

/// <summary>Signature Version 4, held against AWS's own examples for S3 ("Authenticating Requests: Using the Authorization Header").</summary>
public sealed class SigningReads
{
    private static readonly DateTime now = new(2013, 5, 24, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ImmutableCredentials keys = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);

    [Theory]
    [InlineData("test.txt", "bytes=0-9", "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("?lifecycle=", null, "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("?max-keys=2&prefix=J", null, "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void SignsAsAwsDoes(string rest, string? range, string names, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/" + rest);
        if (range is not null)
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        new RequestSignature("us-east-1").Sign(request, keys, now);

        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders={names}, Signature={signature}",
            Assert.Single(request.Headers.GetValues("Authorization")));
        Assert.Equal("20130524T000000Z", Assert.Single(request.Headers.GetValues("x-amz-date")));
    }

    [Fact]
    public void SignsTheTokenOfASession()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");

        new RequestSignature("us-east-1").Sign(request, new ImmutableCredentials(keys.AccessKey, keys.SecretKey, "token"), now);

        Assert.Equal("token", Assert.Single(request.Headers.GetValues("x-amz-security-token")));
        Assert.Contains("x-amz-date;x-amz-security-token,", Assert.Single(request.Headers.GetValues("Authorization")), StringComparison.Ordinal);
    }

    [Fact]
    public void KeepsNoKeyOfAnotherDayOrSecret()
    {
        var signature = new RequestSignature("us-east-1");
        var other = new ImmutableCredentials(keys.AccessKey, "another", null);

        var signatures = new[] { (keys, now), (keys, now.AddDays(1)), (other, now), (keys, now) }.Select(of => Sign(signature, of.Item1, of.Item2)).ToArray();

        Assert.Equal(signatures[0], signatures[3]);
        Assert.Equal(3, signatures.Distinct().Count());
    }

    private static string Sign(RequestSignature signature, ImmutableCredentials who, DateTime time)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://examplebucket.s3.amazonaws.com/test.txt");
        signature.Sign(request, who, time);
        return request.Headers.GetValues("Authorization").Single();
    }
}
