using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Wire;

namespace ScarNet.EndToEnd.Deploy;

public sealed class MakingBuckets(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task ClosesAndEncryptsThoseItMakes()
    {
        using var deployment = new Deployment(engine);

        await deployment.Init(Pipelines.Inline("closed"));

        deployment.AssertCallsAreWhatAwsTakes();
        Assert.Superset(new HashSet<string> { "closed-in", "closed-out" }, Asked(deployment, "publicAccessBlock").ToHashSet());
        Assert.Superset(new HashSet<string> { "closed-in", "closed-out" }, Asked(deployment, "encryption").ToHashSet());
        var access = await engine.Aws("s3api", "get-public-access-block", "--bucket", "closed-in", "--output", "text");
        var encryption = await engine.Aws("s3api", "get-bucket-encryption", "--bucket", "closed-in", "--output", "json");
        Assert.Equal(["True", "True", "True", "True"], access.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1..]);
        Assert.Contains("\"SSEAlgorithm\": \"AES256\"", encryption, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeavesThoseThatWereThereAsTheyAre()
    {
        using var deployment = new Deployment(engine);
        await engine.Aws("s3api", "create-bucket", "--bucket", "adopted-in");
        await engine.Aws("s3api", "delete-public-access-block", "--bucket", "adopted-in");
        await engine.Aws("s3api", "put-bucket-encryption", "--bucket", "adopted-in", "--server-side-encryption-configuration",
            """{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"alias/theirs"},"BucketKeyEnabled":true}]}""");

        await deployment.Init(Pipelines.Inline("adopted"));

        var access = await engine.TryAws("s3api", "get-public-access-block", "--bucket", "adopted-in");
        var encryption = await engine.Aws("s3api", "get-bucket-encryption", "--bucket", "adopted-in", "--output", "json");
        Assert.Contains("(NoSuchPublicAccessBlockConfiguration)", access.Error, StringComparison.Ordinal);
        Assert.Contains("alias/theirs", encryption, StringComparison.Ordinal);
        Assert.DoesNotContain("adopted-in", Asked(deployment, "publicAccessBlock"));
        Assert.Contains("adopted-out", Asked(deployment, "publicAccessBlock"));
    }

    private static IEnumerable<string> Asked(Deployment deployment, string subResource) => deployment.Recorder.Calls
        .Where(call => call is { Service: "s3", Method: "PUT" } && call.Uri.Query.TrimStart('?').TrimEnd('=') == subResource)
        .Select(call => call.Uri.AbsolutePath.Trim('/'));
}
