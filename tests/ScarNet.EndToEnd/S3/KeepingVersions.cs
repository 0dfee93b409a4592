using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class KeepingVersions(EngineFixture fixture) : S3Test(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SetVersioning(VersionStatus.Enabled);
    }

    [Fact]
    public async Task GivesEachVersionByItsId()
    {
        var first = (await Put("k", "1")).VersionId;
        var second = (await Put("k", "2")).VersionId;

        Assert.Equal("2", await Get("k"));
        Assert.Equal("1", await Get("k", get => get.VersionId = first));
        Assert.Equal("2", await Get("k", get => get.VersionId = second));
    }

    [Fact]
    public async Task HidesBehindADeleteMarkerAndComesBackWithoutIt()
    {
        await Put("k", "1");
        var marker = await S3.DeleteObjectAsync(Bucket, "k", Stop);

        var hidden = await Refused(() => Get("k"));
        var listed = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }, Stop);
        await S3.DeleteObjectAsync(Bucket, "k", marker.VersionId, Stop);

        Assert.Equal("true", marker.DeleteMarker);
        Assert.Equal("NoSuchKey", hidden.ErrorCode);
        Assert.Empty(listed.S3Objects ?? []);
        Assert.Equal("1", await Get("k"));
    }

    [Fact]
    public async Task MakesTheNewestOfTheRestCurrentWhenTheCurrentOneGoes()
    {
        await Put("k", "1");
        await Put("k", "2");
        var third = (await Put("k", "3")).VersionId;

        await S3.DeleteObjectAsync(Bucket, "k", third, Stop);

        Assert.Equal("2", await Get("k"));
    }

    [Fact]
    public async Task ListsVersionsNewestFirstAndPageByPage()
    {
        await Put("a", "1");
        await Put("a", "2");
        await Put("b", "1");
        await S3.DeleteObjectAsync(Bucket, "b", Stop);
        await Put("c", "1");

        var seen = new List<string>();
        var request = new ListVersionsRequest { BucketName = Bucket, MaxKeys = 2 };
        ListVersionsResponse page;
        do
        {
            page = await S3.ListVersionsAsync(request, Stop);
            seen.AddRange(page.Versions.Select(v => $"{v.Key} {(v.IsDeleteMarker == true ? "marker" : "version")} {v.IsLatest}"));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);

        Assert.Equal(["a version True", "a version False", "b marker True", "b version False", "c version True"], seen.Order(StringComparer.Ordinal).OrderBy(s => s[0]).ThenByDescending(s => s.EndsWith("True", StringComparison.Ordinal)));
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task KeepsOneNullVersionWhileSuspended()
    {
        var kept = (await Put("k", "kept")).VersionId;
        await SetVersioning(VersionStatus.Suspended);

        await Put("k", "null 1");
        var last = (await Put("k", "null 2")).VersionId;
        var versions = await S3.ListVersionsAsync(Bucket, Stop);

        Assert.Equal("null", last);
        Assert.Equal(2, versions.Versions.Count);
        Assert.Equal("kept", await Get("k", get => get.VersionId = kept));
        Assert.Equal("null 2", await Get("k"));
    }

    [Fact]
    public async Task RefusesToReadAVersionThatIsNotThere()
    {
        await Put("k", "1");

        var refusal = await Refused(() => Get("k", get => get.VersionId = "nothing"));

        Assert.Equal("NoSuchVersion", refusal.ErrorCode);
    }

    [Fact]
    public async Task KeepsABucketThatHasOldVersions()
    {
        await Put("k", "1");
        await S3.DeleteObjectAsync(Bucket, "k", Stop);

        var refusal = await Refused(() => S3.DeleteBucketAsync(Bucket, Stop));

        Assert.Equal("BucketNotEmpty", refusal.ErrorCode);
    }

    private Task SetVersioning(VersionStatus status) => S3.PutBucketVersioningAsync(
        new PutBucketVersioningRequest { BucketName = Bucket, VersioningConfig = new S3BucketVersioningConfig { Status = status } }, Stop);
}
