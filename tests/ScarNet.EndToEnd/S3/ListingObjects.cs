using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class ListingObjects(EngineFixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task RollsUpWhatIsBelowADelimiter()
    {
        await PutAll("a/1", "a/2", "b/1", "c", "d/e/f");

        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Delimiter = "/" }, Stop);

        Assert.Equal(["a/", "b/", "d/"], page.CommonPrefixes);
        Assert.Equal(["c"], page.S3Objects.Select(o => o.Key));
        Assert.Equal(4, page.KeyCount);
    }

    [Fact]
    public async Task ListsBelowAPrefixInTheOrderOfBytes()
    {
        await PutAll("p/Z", "p/a", "p/é", "p/\U0001F600", "p/\uFF5E", "q");

        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = "p/" }, Stop);

        Assert.Equal(["p/Z", "p/a", "p/é", "p/\uFF5E", "p/\U0001F600"], page.S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task ShowsEverythingOncePageByPage()
    {
        await PutAll([.. Enumerable.Range(0, 25).Select(i => $"k{i:d2}"), "x/1", "x/2", "y/1"]);

        var (keys, prefixes) = (new List<string>(), new List<string>());
        var request = new ListObjectsV2Request { BucketName = Bucket, Delimiter = "/", MaxKeys = 4 };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request, Stop);
            keys.AddRange(page.S3Objects?.Select(o => o.Key) ?? []);
            prefixes.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"k{i:d2}"), keys);
        Assert.Equal(["x/", "y/"], prefixes);
    }

    [Fact]
    public async Task StartsAfterAKey()
    {
        await PutAll("a", "b", "c");

        var page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, StartAfter = "a" }, Stop);

        Assert.Equal(["b", "c"], page.S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task GoesOnFromAMarkerInTheOldListing()
    {
        await PutAll("a/1", "a/2", "b", "c");
        var first = await S3.ListObjectsAsync(new ListObjectsRequest { BucketName = Bucket, Delimiter = "/", MaxKeys = 1 }, Stop);

        var second = await S3.ListObjectsAsync(
            new ListObjectsRequest { BucketName = Bucket, Delimiter = "/", MaxKeys = 5, Marker = first.NextMarker }, Stop);

        Assert.Equal("a/", first.NextMarker);
        Assert.Empty(second.CommonPrefixes ?? []);
        Assert.Equal(["b", "c"], second.S3Objects.Select(o => o.Key));
    }

    [Fact]
    public async Task DeletesManyInOneRequestAndSaysWhich()
    {
        await PutAll("a", "b", "c");

        var deleted = await S3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = Bucket, Objects = [new() { Key = "a" }, new() { Key = "c" }, new() { Key = "never" }] }, Stop);
        var left = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Stop);

        Assert.Equal(["a", "c", "never"], deleted.DeletedObjects.Select(d => d.Key));
        Assert.Equal(["b"], left.S3Objects.Select(o => o.Key));
    }

    private Task PutAll(params string[] keys) => Task.WhenAll(keys.Select(key => Put(key, "x")));
}
