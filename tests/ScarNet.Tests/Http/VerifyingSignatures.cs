using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Payloads;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Tests.Http;

/// <summary>Against the examples that AWS publishes: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and its neighbours.</summary>
public sealed class VerifyingSignatures
{
    private const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Credential = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

    private static readonly EngineCredentials Keys = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GET", "/test.txt", "range:bytes=0-9", "host;range;x-amz-content-sha256;x-amz-date", Empty, "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test%24file.text", "date:Fri, 24 May 2013 00:00:00 GMT|x-amz-storage-class:REDUCED_REDUNDANCY", "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?lifecycle", "", "host;x-amz-content-sha256;x-amz-date", Empty, "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?max-keys=2&prefix=J", "", "host;x-amz-content-sha256;x-amz-date", Empty, "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public async Task TakesPublishedExamples(string method, string target, string headers, string signed, string hash, string signature)
    {
        var context = Request(method, target, headers, signed, hash, signature);

        var verified = await Verify(context, Time);

        Assert.Equal(signature, verified.Signature);
    }

    [Fact]
    public async Task TakesThePublishedPresignedAddress()
    {
        var context = Presigned("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");

        var verified = await Verify(context, Time.AddHours(23));

        Assert.Equal("UNSIGNED-PAYLOAD", verified.PayloadHash);
    }

    [Fact]
    public async Task RefusesAPresignedAddressOnceItHasExpired()
    {
        var context = Presigned("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Verify(context, Time.AddHours(25)));

        Assert.Equal("Request has expired", refusal.Message);
    }

    [Theory]
    [InlineData("GET", "/other.txt", 0, "SignatureDoesNotMatch")]
    [InlineData("DELETE", "/test.txt", 0, "SignatureDoesNotMatch")]
    [InlineData("GET", "/test.txt", 16, "RequestTimeTooSkewed")]
    [InlineData("GET", "/test.txt", -16, "RequestTimeTooSkewed")]
    public async Task RefusesWhatWasNotSigned(string method, string target, int minutes, string code)
    {
        const string Signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
        var context = Request(method, target, "range:bytes=0-9", "host;range;x-amz-content-sha256;x-amz-date", Empty, Signature);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Verify(context, Time.AddMinutes(minutes)));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task RefusesAHeaderOfS3sThatIsNotSigned()
    {
        const string Signature = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41";
        var context = Request(
            "GET", "/test.txt", "range:bytes=0-9|x-amz-copy-source:/other/key", "host;range;x-amz-content-sha256;x-amz-date", Empty, Signature);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Verify(context, Time));

        Assert.Equal("AccessDenied", refusal.Code);
    }

    [Fact]
    public async Task FollowsThePublishedChainOfChunks()
    {
        var body = Chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648")
            + Chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497")
            + Chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");

        Assert.Equal(66560, await ReadChunks(body));
    }

    [Fact]
    public async Task RefusesAChunkThatWasChanged()
    {
        var body = Chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648").Replace("aaaa\r\n", "aaab\r\n", StringComparison.Ordinal);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => ReadChunks(body));

        Assert.Equal("SignatureDoesNotMatch", refusal.Code);
    }

    private static string Chunk(int size, string signature) => $"{size:x};chunk-signature={signature}\r\n{new string('a', size)}\r\n";

    private static async Task<int> ReadChunks(string body)
    {
        var scope = new CredentialScope("20130524", "us-east-1", "s3");
        var signed = new SignedRequest(
            Keys.AccessKey,
            scope,
            "20130524T000000Z",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
            new SigningKeys(Keys.SecretKey).For(scope),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
        using var payload = new ChunkedPayload(
            new MemoryStream(System.Text.Encoding.ASCII.GetBytes(body)), 66560, new ChunkSigner(signed), hasTrailers: false);
        var buffer = new byte[100_000];
        return await payload.Fill(buffer, TestContext.Current.CancellationToken);
    }

    private static DefaultHttpContext Presigned(string signature) => Context(
        "GET",
        $"/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Credential.Replace("/", "%2F", StringComparison.Ordinal)}"
            + $"&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}");

    private static DefaultHttpContext Request(string method, string target, string headers, string signed, string hash, string signature)
    {
        var context = Context(method, target);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            context.Request.Headers[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        context.Request.Headers["x-amz-date"] = "20130524T000000Z";
        context.Request.Headers["x-amz-content-sha256"] = hash;
        context.Request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={Credential},SignedHeaders={signed},Signature={signature}";
        return context;
    }

    private static DefaultHttpContext Context(string method, string target)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Headers.Host = "examplebucket.s3.amazonaws.com";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return context;
    }

    private static async Task<SignedRequest> Verify(HttpContext context, DateTimeOffset now)
    {
        var target = RequestTarget.Of(context, null);
        var verifier = new SignatureVerifier(Keys, new RoleSessions(Keys), new FixedClock(now));
        return await verifier.Verify(context, target, SignatureClaim.Of(context.Request, target), Protocol.S3);
    }
}
