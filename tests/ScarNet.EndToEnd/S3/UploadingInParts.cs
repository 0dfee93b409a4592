using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;
using ChecksumAlgorithm = Amazon.S3.ChecksumAlgorithm;
using Crc = ScarNet.Core.Checksums.Crc;

namespace ScarNet.EndToEnd.S3;

public sealed class UploadingInParts(EngineFixture fixture) : S3Test(fixture)
{
    private const int PartSize = 5 * 1024 * 1024;

    private readonly byte[] content = RandomNumberGenerator.GetBytes((2 * PartSize) + 1000);

    [Fact]
    public async Task PutsThePartsTogetherUnderS3sOwnETag()
    {
        var upload = await Begin();
        var parts = await UploadAll(upload);

        var completed = await Complete(upload, parts);
        using var got = await S3.GetObjectAsync(Bucket, "k", Stop);
        var back = new byte[content.Length];
        await got.ResponseStream.ReadExactlyAsync(back, Stop);

        var hashes = content.Chunk(PartSize).SelectMany(MD5.HashData).ToArray();
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(hashes))}-3\"", completed.ETag);
        Assert.Equal(content, back);
    }

    [Fact]
    public async Task GivesOnePartByItsNumber()
    {
        var upload = await Begin();
        await Complete(upload, await UploadAll(upload));

        using var part = await S3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = "k", PartNumber = 3 }, Stop);

        Assert.Equal(1000, part.ContentLength);
        Assert.Equal(3, part.PartsCount);
    }

    [Theory]
    [InlineData("CRC32", "FULL_OBJECT")]
    [InlineData("CRC32", "COMPOSITE")]
    [InlineData("SHA256", "COMPOSITE")]
    public async Task KeepsAChecksumOverAllParts(string algorithm, string type)
    {
        var upload = (await S3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = Bucket,
                Key = "k",
                ChecksumAlgorithm = ChecksumAlgorithm.FindValue(algorithm),
                ChecksumType = ChecksumType.FindValue(type),
            },
            Stop)).UploadId;
        var parts = await UploadAll(upload, ChecksumAlgorithm.FindValue(algorithm));

        await Complete(upload, parts);
        var head = await S3.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = Bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED }, Stop);

        Assert.Equal(type, head.ChecksumType);
        Assert.Equal(Expected(algorithm, type), head.ChecksumCRC32 ?? head.ChecksumSHA256);
    }

    [Fact]
    public async Task ListsUploadsAndPartsUntilItIsAborted()
    {
        var upload = await Begin();
        await UploadAll(upload);

        var uploads = await S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket }, Stop);
        var parts = await S3.ListPartsAsync(new ListPartsRequest { BucketName = Bucket, Key = "k", UploadId = upload, MaxParts = 2 }, Stop);
        await S3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = Bucket, Key = "k", UploadId = upload }, Stop);
        var gone = await Refused(() => S3.ListPartsAsync(Bucket, "k", upload, Stop));

        Assert.Equal([upload], uploads.MultipartUploads.Select(u => u.UploadId));
        Assert.Equal([1, 2], parts.Parts.Select(p => p.PartNumber!.Value));
        Assert.True(parts.IsTruncated);
        Assert.Equal("NoSuchUpload", gone.ErrorCode);
    }

    [Fact]
    public async Task RefusesPartsThatAreNotThoseThatWereUploaded()
    {
        var upload = await Begin();
        var parts = await UploadAll(upload);

        var order = await Fixture.TryAws(
            "s3api", "complete-multipart-upload", "--bucket", Bucket, "--key", "k", "--upload-id", upload, "--multipart-upload", // the SDK sorts
            JsonSerializer.Serialize(new { Parts = parts.Take(2).Reverse().Select(p => new { p.PartNumber, p.ETag }) }));
        var etag = await Refused(() => Complete(upload, [new PartETag(1, "\"0123\"")]));

        Assert.Contains("(InvalidPartOrder)", order.Error, StringComparison.Ordinal);
        Assert.Equal("InvalidPart", etag.ErrorCode);
    }

    [Fact]
    public async Task RefusesSmallPartsBeforeTheLast()
    {
        var upload = await Begin();
        var first = await Upload(upload, 1, [1]);
        var second = await Upload(upload, 2, [2]);

        var refusal = await Refused(() => Complete(upload, [first, second]));

        Assert.Equal("EntityTooSmall", refusal.ErrorCode);
    }

    [Fact]
    public async Task CopiesPartsFromAnotherObject()
    {
        await Put("source", content);
        var upload = await Begin();

        var copied = await S3.CopyPartAsync(
            new CopyPartRequest
            {
                SourceBucket = Bucket,
                SourceKey = "source",
                DestinationBucket = Bucket,
                DestinationKey = "k",
                UploadId = upload,
                PartNumber = 1,
                FirstByte = 10,
                LastByte = PartSize + 9,
            },
            Stop);
        var last = await Upload(upload, 2, [7]);
        await Complete(upload, [new PartETag(1, copied.ETag), last]);
        using var got = await S3.GetObjectAsync(Bucket, "k", Stop);
        var back = new byte[PartSize + 1];
        await got.ResponseStream.ReadExactlyAsync(back, Stop);

        Assert.Equal([.. content[10..(PartSize + 10)], 7], back);
    }

    private async Task<string> Begin() => (await S3.InitiateMultipartUploadAsync(Bucket, "k", Stop)).UploadId;

    private async Task<List<PartETag>> UploadAll(string upload, ChecksumAlgorithm? algorithm = null)
    {
        var parts = new List<PartETag>();
        foreach (var (index, chunk) in content.Chunk(PartSize).Index())
        {
            parts.Add(await Upload(upload, index + 1, chunk, algorithm));
        }

        return parts;
    }

    private async Task<PartETag> Upload(string upload, int number, byte[] chunk, ChecksumAlgorithm? algorithm = null)
    {
        var response = await S3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = Bucket,
                Key = "k",
                UploadId = upload,
                PartNumber = number,
                InputStream = new MemoryStream(chunk),
                ChecksumAlgorithm = algorithm,
            },
            Stop);
        return new PartETag(number, response.ETag);
    }

    private Task<CompleteMultipartUploadResponse> Complete(string upload, List<PartETag> parts) => S3.CompleteMultipartUploadAsync(
        new CompleteMultipartUploadRequest { BucketName = Bucket, Key = "k", UploadId = upload, PartETags = parts }, Stop);

    private string Expected(string algorithm, string type) => (algorithm, type) switch
    {
        ("SHA256", _) => Convert.ToBase64String(SHA256.HashData([.. content.Chunk(PartSize).SelectMany(SHA256.HashData)])) + "-3",
        (_, "COMPOSITE") => Convert.ToBase64String(Crc32([.. content.Chunk(PartSize).SelectMany(Crc32)])) + "-3",
        _ => Convert.ToBase64String(Crc32(content)),
    };

    private static byte[] Crc32(byte[] data)
    {
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, (uint)Crc.Crc32.Append(0, data));
        return crc;
    }
}
