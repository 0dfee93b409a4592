using System.Security.Cryptography;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

public sealed class OtherClients(EngineFixture fixture) : S3Test(fixture)
{
    [Fact]
    public async Task RcloneCopiesATreeThereAndBack()
    {
        var content = RandomNumberGenerator.GetBytes(12_000_000);
        Fixture.WriteFile("rclone/large", content);
        Fixture.WriteFile("rclone/a b/ü.txt", "umlaut");

        await Run("rclone", ["copy", Path.Join(Fixture.Files, "rclone"), $":s3:{Bucket}/t", .. Rclone()]);
        await Run("rclone", ["copy", $":s3:{Bucket}/t", Path.Join(Fixture.Files, "rclone-back"), .. Rclone()]);
        await Run("rclone", ["check", Path.Join(Fixture.Files, "rclone"), $":s3:{Bucket}/t", .. Rclone()]);

        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Join(Fixture.Files, "rclone-back/large"), Stop));
        Assert.Equal("umlaut", await File.ReadAllTextAsync(Path.Join(Fixture.Files, "rclone-back/a b/ü.txt"), Stop));
    }

    [Fact]
    public async Task CurlReadsAnAddressThatAwsPresigned()
    {
        await Put("a b.txt", "presigned");
        var address = await Fixture.Aws("s3", "presign", $"s3://{Bucket}/a b.txt", "--expires-in", "60");

        var got = await Command.Run("curl", ["--silent", "--fail", address.Trim()]);

        Assert.Equal("presigned", got.Output);
    }

    /// <summary>Of a bucket that the host names, the path is a key, whatever it begins with.</summary>
    [Theory]
    [InlineData("v2/a.csv")]
    [InlineData("v2/x/manifests/1")]
    public async Task CurlWritesKeysThatLookLikeARegistrys(string key)
    {
        var port = Fixture.Engine.Endpoint.Port;
        var source = Fixture.WriteFile("registry.txt", "a key");

        var put = await Command.Run("curl",
        [
            "--silent", "--show-error", "--fail-with-body", "--resolve", $"{Bucket}.localhost:{port}:127.0.0.1", "--aws-sigv4", $"aws:amz:{Fixture.Engine.Region}:s3",
            "--user", $"{Fixture.Engine.AccessKey}:{Fixture.Engine.SecretKey}", "--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD", "--upload-file", source, $"http://{Bucket}.localhost:{port}/{key}",
        ]);

        Assert.True(put.ExitCode == 0, put.Output + put.Error);
        Assert.Equal("a key", await Fixture.Aws("s3", "cp", $"s3://{Bucket}/{key}", "-"));
    }

    [Fact]
    public async Task FindEverythingAgainAfterARestart()
    {
        var content = RandomNumberGenerator.GetBytes(200_000);
        await Put("small", "small");
        await Put("large", content);

        await Fixture.Restart();
        using var client = Fixture.NewS3();
        using var large = await client.GetObjectAsync(Bucket, "large", Stop);
        using var small = await client.GetObjectAsync(Bucket, "small", Stop);
        var back = new byte[content.Length];
        await large.ResponseStream.ReadExactlyAsync(back, Stop);

        Assert.Equal(content, back);
        Assert.Equal(5, small.ContentLength);
    }

    private async Task Run(string program, string[] arguments)
    {
        // rclone cannot take a bundle of certificates that the machine may name; the engine's address is plain HTTP.
        var environment = new Dictionary<string, string>(Fixture.ClientEnvironment) { ["AWS_CA_BUNDLE"] = "" };
        var result = await Command.Run(program, arguments, environment);
        Assert.True(result.ExitCode == 0, $"{program} ended with {result.ExitCode}: {result.Error}");
    }

    private string[] Rclone() =>
    [
        "--config", "/dev/null", "--s3-provider", "Other", "--s3-env-auth", "--s3-endpoint",
        Fixture.Engine.Endpoint.GetLeftPart(UriPartial.Authority), "--s3-region", Fixture.Engine.Region, "--s3-chunk-size", "5Mi",
        "--s3-upload-cutoff", "5Mi", "--retries", "1",
    ];
}
