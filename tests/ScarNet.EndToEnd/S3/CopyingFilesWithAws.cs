using System.Security.Cryptography;
using System.Text;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class CopyingFilesWithAws(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task GivesBackWhatWasPut()
    {
        var bucket = await NewBucket("copy");
        var file = fixture.WriteFile("hello.txt", "hello\n");

        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/in/hello.txt");

        Assert.Equal("hello\n", await fixture.Aws("s3", "cp", $"s3://{bucket}/in/hello.txt", "-"));
    }

    [Fact]
    public async Task SyncsATreeBothWays()
    {
        var bucket = await NewBucket("sync");
        fixture.WriteFile("tree/a.txt", "a");
        fixture.WriteFile("tree/deep/er/b c+d%.txt", "b");
        fixture.WriteFile("tree/ü/ß.txt", "umlaut");

        await fixture.Aws("s3", "sync", Path.Join(fixture.Files, "tree"), $"s3://{bucket}/t");
        await fixture.Aws("s3", "sync", $"s3://{bucket}/t", Path.Join(fixture.Files, "back"));

        Assert.Equal("a", await File.ReadAllTextAsync(Path.Join(fixture.Files, "back/a.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("b", await File.ReadAllTextAsync(Path.Join(fixture.Files, "back/deep/er/b c+d%.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("umlaut", await File.ReadAllTextAsync(Path.Join(fixture.Files, "back/ü/ß.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakesALargeFileInPartsAndCopiesItOnTheServer()
    {
        var bucket = await NewBucket("parts");
        var content = RandomNumberGenerator.GetBytes(20_000_000);
        var file = fixture.WriteFile("large", content);

        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/large");
        await fixture.Aws("s3", "cp", $"s3://{bucket}/large", $"s3://{bucket}/copy");
        await fixture.Aws("s3", "cp", $"s3://{bucket}/copy", file + ".back");

        Assert.Equal(content, await File.ReadAllBytesAsync(file + ".back", TestContext.Current.CancellationToken));
        Assert.Contains("-3", await fixture.Aws("s3api", "head-object", "--bucket", bucket, "--key", "large", "--query", "ETag"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemovesWhatIsBelowAPrefixAndNothingElse()
    {
        var bucket = await NewBucket("rm");
        var file = fixture.WriteFile("x", "x");
        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/a/1");
        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/a/2");
        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/b");

        await fixture.Aws("s3", "rm", "--recursive", $"s3://{bucket}/a/");

        Assert.Equal("b\n", await fixture.Aws("s3api", "list-objects-v2", "--bucket", bucket, "--query", "Contents[].Key", "--output", "text"));
    }

    [Fact]
    public async Task RemovesTheBlobsOfWhatWasDeleted()
    {
        var bucket = await NewBucket("blobs");
        var file = fixture.WriteFile("blob", new byte[1_000_000]);
        var before = Blobs();

        await fixture.Aws("s3", "cp", file, $"s3://{bucket}/blob");
        var stored = Blobs();
        await fixture.Aws("s3", "rm", $"s3://{bucket}/blob");

        Assert.Equal(before + 1, stored);
        Assert.Equal(before, Blobs());
    }

    [Fact]
    public async Task TellsOfAMissingBucketAndKey()
    {
        var bucket = await NewBucket("missing");

        var noBucket = await fixture.TryAws("s3api", "list-objects-v2", "--bucket", "nowhere-to-be-found");
        var noKey = await fixture.TryAws("s3api", "get-object", "--bucket", bucket, "--key", "k", fixture.Files + "/out");

        Assert.Contains("(NoSuchBucket)", noBucket.Error, StringComparison.Ordinal);
        Assert.Contains("(NoSuchKey)", noKey.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("//x")]
    [InlineData("a b+c%.txt")]
    [InlineData("$(touch x)")]
    [InlineData("'; rm -rf /;'")]
    [InlineData("\U0001F600/\U0001F980.txt")]
    [InlineData("folder/")]
    [InlineData("trailing space ")]
    [InlineData("#[1].csv")]
    [InlineData("a%2Bb")]
    [InlineData("tab\tand\rreturn")]
    public async Task KeepsAnyKeyAsItIs(string key)
    {
        var bucket = await NewBucket("keys-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..8]);
        var file = fixture.WriteFile("k", key);

        await fixture.Aws("s3api", "put-object", "--bucket", bucket, "--key", key, "--body", file);
        var listed = await fixture.Aws("s3api", "list-objects-v2", "--bucket", bucket, "--query", "Contents[].Key", "--output", "json");
        await fixture.Aws("s3api", "get-object", "--bucket", bucket, "--key", key, file + ".back");

        Assert.Equal([key], System.Text.Json.JsonSerializer.Deserialize<string[]>(listed)!);
        Assert.Equal(key, await File.ReadAllTextAsync(file + ".back", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TakesAKeyOf1024BytesAndNoLongerOne()
    {
        var bucket = await NewBucket("long");
        var file = fixture.WriteFile("long", "long");

        var fits = await fixture.TryAws("s3api", "put-object", "--bucket", bucket, "--key", new string('k', 1024), "--body", file);
        var tooLong = await fixture.TryAws("s3api", "put-object", "--bucket", bucket, "--key", new string('k', 1025), "--body", file);

        Assert.Equal(0, fits.ExitCode);
        Assert.Contains("(KeyTooLongError)", tooLong.Error, StringComparison.Ordinal);
    }

    private int Blobs() => Directory.GetFiles(Path.Join(fixture.DataDirectory, "blobs")).Length;

    private async Task<string> NewBucket(string name)
    {
        await fixture.Aws("s3", "mb", $"s3://{name}-bucket");
        return $"{name}-bucket";
    }
}
