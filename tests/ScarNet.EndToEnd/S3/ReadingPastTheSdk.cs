using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Aws;
using ScarNet.Aws.S3;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

/// <summary>The short way to objects gives what the SDK's own gives, and leaves to the SDK what is more than that.</summary>
public sealed class ReadingPastTheSdk(EngineFixture fixture) : S3Test(fixture)
{
    private AwsClients Clients(string? secret = null) => new(new AwsSettings
    {
        Endpoint = Fixture.ClientEnvironment["AWS_ENDPOINT_URL"],
        Region = "us-east-1",
        AccessKey = Fixture.ClientEnvironment["AWS_ACCESS_KEY_ID"],
        SecretKey = secret ?? Fixture.ClientEnvironment["AWS_SECRET_ACCESS_KEY"],
        ReadsManyObjects = true,
    });

    [Theory]
    [InlineData("plain")]
    [InlineData("with space + plus % percent & ? # quotes' \" <>")]
    [InlineData("a/../b/./c")]
    [InlineData("two//slashes/")]
    [InlineData("ünï/日本/😀")]
    [InlineData("new\nline\ttab")]
    public async Task FindsAnyKey(string key)
    {
        using var clients = Clients();
        await Put(key, key + "'s content", put => put.Metadata["scarnet-note"] = "a note");

        using var found = await Direct(clients, new GetObjectRequest { BucketName = Bucket, Key = key });
        using var usual = await S3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, Stop);

        Assert.Equal(key + "'s content", await Text(found));
        Assert.Equal(
            (usual.ETag, usual.ContentLength, usual.VersionId, usual.ChecksumCRC32, usual.ChecksumType, usual.Metadata["scarnet-note"]),
            (found.ETag, found.ContentLength, found.VersionId, found.ChecksumCRC32, found.ChecksumType, found.Metadata["scarnet-note"]));
    }

    [Fact]
    public async Task FindsAKeyThatBeginsWithSlashes()
    {
        using var clients = Clients();
        await Fixture.Aws("s3api", "put-object", "--bucket", Bucket, "--key", "//x", "--body", Fixture.WriteFile("x", "content")); // the SDK cannot

        using var found = await Direct(clients, new() { BucketName = Bucket, Key = "//x" });

        Assert.Equal("content", await Text(found));
    }

    [Fact]
    public async Task ReadsAVersionAndARangeOfIt()
    {
        using var clients = Clients();
        await S3.PutBucketVersioningAsync(
            new PutBucketVersioningRequest { BucketName = Bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } }, Stop);
        var first = await Put("k", "the first");
        await Put("k", "the second");

        using var found = await Direct(clients, new() { BucketName = Bucket, Key = "k", VersionId = first.VersionId, ByteRange = new ByteRange(4, 6) });

        Assert.Equal("fir", await Text(found));
        Assert.Equal((first.VersionId, first.ETag, 3), (found.VersionId, found.ETag, found.ContentLength));
    }

    [Fact]
    public async Task ReadsNothingOfAnEmptyObject()
    {
        using var clients = Clients();
        await Put("k", "");

        using var found = await Direct(clients, new() { BucketName = Bucket, Key = "k" });

        Assert.Equal(("", 0), (await Text(found), found.ContentLength));
    }

    [Fact]
    public async Task LeavesWhatIsWrongToTheSdk()
    {
        using var clients = Clients();
        await Put("k", "content");

        var missing = await Refused(() => clients.S3.GetUnchecked(new() { BucketName = Bucket, Key = "other" }, Stop));
        var another = await Refused(() => clients.S3.GetUnchecked(new() { BucketName = Bucket, Key = "k", EtagToMatch = "\"another\"" }, Stop));
        var nowhere = await Refused(() => clients.S3.GetUnchecked(new() { BucketName = "no-such-" + Bucket, Key = "k" }, Stop));

        Assert.Equal(("NoSuchKey", "PreconditionFailed", "NoSuchBucket"), (missing.ErrorCode, another.ErrorCode, nowhere.ErrorCode));
        using var found = await Direct(clients, new() { BucketName = Bucket, Key = "k" });
        Assert.Equal("content", await Text(found));
    }

    [Fact]
    public async Task LeavesABucketToTheSdkThatRefusesIt()
    {
        using var clients = Clients("wrong");
        await Put("k", "content");

        var refusal = await Refused(() => clients.S3.GetUnchecked(new() { BucketName = Bucket, Key = "k" }, Stop));

        Assert.Equal("SignatureDoesNotMatch", refusal.ErrorCode);
        Assert.Null(await ((DirectS3Client)clients.S3).TryGet(new() { BucketName = Bucket, Key = "k" }, Stop));
    }

    private static async Task<GetObjectResponse> Direct(AwsClients clients, GetObjectRequest request)
    {
        var found = await ((DirectS3Client)clients.S3).TryGet(request, Stop);
        Assert.NotNull(found);
        return found;
    }

    private static async Task<string> Text(StreamResponse response)
    {
        using var reader = new StreamReader(response.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }
}
