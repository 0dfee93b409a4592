using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class KeepingChecksums(EngineFixture fixture) : S3Test(fixture)
{
    private const string Crc32OfHello = "NhCmhg=="; // printf hello | gzip, bytes -8 to -5, reversed

    [Fact]
    public async Task TakesATrailerAndGivesItBackWhenAsked()
    {
        await Put("k", "hello"); // AWS's .NET client sends an aws-chunked body with a CRC-32 behind it

        var asked = await S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED }, Stop);

        Assert.Equal("hello", await Get("k"));
        Assert.Equal(Crc32OfHello, asked.ChecksumCRC32);
        Assert.Equal(ChecksumType.FULL_OBJECT, asked.ChecksumType);
    }

    [Fact]
    public async Task RefusesABodyThatIsNotItsChecksum()
    {
        var refusal = await Refused(() => Put("k", "hello", put => put.ChecksumCRC32 = "AAAAAA=="));

        Assert.Equal("BadDigest", refusal.ErrorCode);
        Assert.Equal("NoSuchKey", (await Refused(() => Get("k"))).ErrorCode);
    }

    [Fact]
    public async Task RefusesABodyThatIsNotItsMd5()
    {
        var refusal = await Refused(() => Put("k", "hello", put => put.MD5Digest = "1B2M2Y8AsgTpgAmY7PhCfg=="));

        Assert.Equal("BadDigest", refusal.ErrorCode);
    }

    [Theory]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task TakesOtherAlgorithms(string algorithm)
    {
        await Put("k", "hello", put => put.ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm));

        var head = await S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED }, Stop);

        Assert.NotNull(algorithm == "SHA1" ? head.ChecksumSHA1 : head.ChecksumSHA256);
    }

    [Fact]
    public async Task TakesABodyThatIsSignedInChunks()
    {
        using var client = Fixture.NewS3(config => config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED);
        var content = new byte[200_000];
        Random.Shared.NextBytes(content);

        await client.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = "k", InputStream = new MemoryStream(content), UseChunkEncoding = true }, Stop);
        using var got = await client.GetObjectAsync(Bucket, "k", Stop);
        var back = new byte[content.Length];
        await got.ResponseStream.ReadExactlyAsync(back, Stop);

        Assert.Equal(content, back);
    }
}
