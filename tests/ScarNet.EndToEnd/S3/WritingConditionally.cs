using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class WritingConditionally(EngineFixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task LetsExactlyOneOfManyCreate()
    {
        var writers = Enumerable.Range(0, 50).Select(i => TryCreate(i));

        var won = await Task.WhenAll(writers);

        Assert.Single(won, w => w);
    }

    [Fact]
    public async Task TakesOverOnlyWhatItHasSeen()
    {
        var first = (await Put("claim", "1")).ETag;
        var second = (await Put("claim", "2", put => put.IfMatch = first)).ETag;

        var refusal = await Refused(() => Put("claim", "3", put => put.IfMatch = first));

        Assert.NotEqual(first, second);
        Assert.Equal("PreconditionFailed", refusal.ErrorCode);
        Assert.Equal("2", await Get("claim"));
    }

    [Fact]
    public async Task FindsNothingToTakeOver()
    {
        var refusal = await Refused(() => Put("nothing", "x", put => put.IfMatch = "\"0123\""));

        Assert.Equal("NoSuchKey", refusal.ErrorCode);
    }

    [Fact]
    public async Task CreatesAgainOnceItWasDeleted()
    {
        await Put("k", "1");
        await S3.DeleteObjectAsync(Bucket, "k", Stop);

        await Put("k", "2", put => put.IfNoneMatch = "*");

        Assert.Equal("2", await Get("k"));
    }

    [Fact]
    public async Task CompletesAnUploadOnlyWhereNothingIs()
    {
        await Put("k", "was here");
        var upload = await S3.InitiateMultipartUploadAsync(Bucket, "k", Stop);
        var part = await S3.UploadPartAsync(
            new UploadPartRequest { BucketName = Bucket, Key = "k", UploadId = upload.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]) }, Stop);

        var refusal = await Refused(() => S3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = Bucket,
                Key = "k",
                UploadId = upload.UploadId,
                PartETags = [new PartETag(1, part.ETag)],
                IfNoneMatch = "*",
            },
            Stop));

        Assert.Equal("PreconditionFailed", refusal.ErrorCode);
        Assert.Equal("was here", await Get("k"));
    }

    [Fact]
    public async Task DeletesOnlyWhatItHasSeen()
    {
        var etag = (await Put("k", "1")).ETag;
        await Put("k", "2");

        var refusal = await Refused(() => S3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = Bucket, Key = "k", IfMatch = etag }, Stop));

        Assert.Equal("PreconditionFailed", refusal.ErrorCode);
        Assert.Equal("2", await Get("k"));
    }

    private async Task<bool> TryCreate(int writer)
    {
        try
        {
            await Put("claim", $"{writer}", put => put.IfNoneMatch = "*");
            return true;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "PreconditionFailed")
        {
            return false;
        }
    }
}
