using System.Net;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class ReadingObjects(EngineFixture fixture) : S3Test(fixture)
{
    [Theory]
    [InlineData("bytes=0-3", "0123")]
    [InlineData("bytes=7-", "789")]
    [InlineData("bytes=-2", "89")]
    [InlineData("bytes=5-500", "56789")]
    [InlineData("bytes=-500", "0123456789")]
    public async Task GivesTheRangeThatIsAskedFor(string range, string expected)
    {
        await Put("k", "0123456789");

        Assert.Equal(expected, await Get("k", get => get.ByteRange = new ByteRange(range)));
    }

    [Fact]
    public async Task GivesARangeOfALargeObject()
    {
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        await Put("k", content);

        using var part = await S3.GetObjectAsync(
            new GetObjectRequest { BucketName = Bucket, Key = "k", ByteRange = new ByteRange(199_990, 200_009) }, Stop);
        var got = new byte[20];
        await part.ResponseStream.ReadExactlyAsync(got, Stop);

        Assert.Equal(content[199_990..200_010], got);
        Assert.Equal("bytes 199990-200009/300000", part.ContentRange);
    }

    [Fact]
    public async Task RefusesARangeBeyondTheEnd()
    {
        await Put("k", "0123456789");

        var refusal = await Refused(() => Get("k", get => get.ByteRange = new ByteRange("bytes=10-")));

        Assert.Equal("InvalidRange", refusal.ErrorCode);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refusal.StatusCode);
    }

    [Fact]
    public async Task GivesBackMetadataAndContentHeaders()
    {
        await Put("k", "x", put =>
        {
            put.ContentType = "text/x-poem";
            put.Metadata["Verse"] = "one";
            put.Headers.CacheControl = "no-store";
            put.Headers.ContentDisposition = "attachment";
            put.Headers["Content-Language"] = "de";
            put.Headers.ContentEncoding = "gzip";
        });

        var head = await S3.GetObjectMetadataAsync(Bucket, "k", Stop);

        Assert.Equal("text/x-poem", head.Headers.ContentType);
        Assert.Equal("one", head.Metadata["x-amz-meta-verse"]);
        Assert.Equal("no-store", head.Headers.CacheControl);
        Assert.Equal("attachment", head.Headers.ContentDisposition);
        Assert.Equal("de", head.Headers["Content-Language"]);
        Assert.Equal("gzip", head.Headers.ContentEncoding);
    }

    [Fact]
    public async Task LetsTheRequestReplaceHeadersOfTheAnswer()
    {
        await Put("k", "x");

        using var got = await S3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = Bucket,
                Key = "k",
                ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentType = "text/html", CacheControl = "max-age=1" },
            },
            Stop);

        Assert.Equal("text/html", got.Headers.ContentType);
        Assert.Equal("max-age=1", got.Headers.CacheControl);
    }

    [Fact]
    public async Task AnswersConditionsAsHttpDoes()
    {
        var etag = (await Put("k", "x")).ETag;

        var unchanged = await Refused(() => Get("k", get => get.EtagToNotMatch = etag));
        var notModified = await Refused(() => Get("k", get => get.ModifiedSinceDate = DateTime.UtcNow.AddMinutes(1)));
        var other = await Refused(() => Get("k", get => get.EtagToMatch = "\"0123\""));
        var newer = await Refused(() => Get("k", get => get.UnmodifiedSinceDate = DateTime.UtcNow.AddDays(-1)));

        Assert.Equal("x", await Get("k", get => get.EtagToMatch = etag));
        Assert.Equal("x", await Get("k", get => get.EtagToNotMatch = "\"0123\""));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        Assert.Equal("PreconditionFailed", other.ErrorCode);
        Assert.Equal("PreconditionFailed", newer.ErrorCode);
    }

    [Fact]
    public async Task GivesAnEmptyObject()
    {
        await Put("k", "");

        Assert.Equal("", await Get("k"));
    }

    [Fact]
    public async Task ServesPresignedAddresses()
    {
        using var client = new HttpClient();
        var upload = Address("a b+c", Amazon.S3.HttpVerb.PUT, DateTime.UtcNow.AddMinutes(5));
        using var content = new StringContent("presigned");
        content.Headers.ContentType = null;

        using var put = await client.PutAsync(new Uri(upload), content, Stop);
        var got = await client.GetStringAsync(new Uri(Address("a b+c", Amazon.S3.HttpVerb.GET, DateTime.UtcNow.AddMinutes(5))), Stop);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("presigned", got);
    }

    [Fact]
    public async Task RefusesAPresignedAddressThatIsUsedForSomethingElse()
    {
        await Put("k", "x");
        using var client = new HttpClient();
        var read = new Uri(Address("k", Amazon.S3.HttpVerb.GET, DateTime.UtcNow.AddMinutes(5)));

        using var delete = await client.DeleteAsync(read, Stop);
        using var other = await client.GetAsync(new Uri(read.AbsoluteUri.Replace("/k?", "/other?", StringComparison.Ordinal)), Stop);

        Assert.Equal(HttpStatusCode.Forbidden, delete.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    private string Address(string key, Amazon.S3.HttpVerb verb, DateTime expires) => S3.GetPreSignedURL(
        new GetPreSignedUrlRequest { BucketName = Bucket, Key = key, Verb = verb, Expires = expires, Protocol = Amazon.S3.Protocol.HTTP });
}
