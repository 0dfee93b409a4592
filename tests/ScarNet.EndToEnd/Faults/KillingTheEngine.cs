using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

public sealed class KillingTheEngine : IAsyncDisposable
{
    private const int Kills = 8;
    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public KillingTheEngine() => engine = new KillableEngine(directory.Under("data"));

    [Theory]
    [InlineData("lambda")]
    [InlineData("batch")]
    public async Task LosesNothingAndDoesNothingTwice(string secondMode)
    {
        var random = Seed.Take();
        var pipeline = new TwoFunctions(engine, directory.FullName, secondMode);
        await engine.Start();
        await pipeline.Deploy();

        var puts = pipeline.PutAll();
        foreach (var progress in Enumerable.Range(0, Kills).Select(_ => random.Next(TwoFunctions.Objects * 9 / 10)).Order().ToArray())
        {
            await pipeline.Reach(progress);
            await Task.Delay(random.Next(500), TestContext.Current.CancellationToken);
            await engine.Kill();
            await engine.Start();
        }

        await puts;

        await pipeline.ExpectEverythingOnce(interrupted: Kills * 2 * Environment.ProcessorCount);
    }

    [Fact]
    public async Task KeepsEveryObjectItHasAcknowledged()
    {
        var random = Seed.Take();
        var acknowledged = new ConcurrentDictionary<string, byte[]>();
        await engine.Start();
        await engine.Clients.S3.PutBucketAsync("kept", TestContext.Current.CancellationToken);
        for (var kill = 0; kill < Kills / 2; kill++)
        {
            var puts = PutUntilItDies(engine.Clients.S3, $"{kill}-", random.Next(), acknowledged);
            var enough = acknowledged.Count + random.Next(1, 150);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(2));
            while (acknowledged.Count < enough)
            {
                Assert.False(puts.IsCompleted, "the engine died by itself");
                await Task.Delay(5, limit.Token);
            }

            await engine.Kill();
            await puts;
            await engine.Start();
        }

        foreach (var (key, digest) in acknowledged)
        {
            using var answer = await engine.Clients.S3.GetObjectAsync("kept", key, TestContext.Current.CancellationToken);
            Assert.Equal(digest, await SHA256.HashDataAsync(answer.ResponseStream, TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>Puts objects, tiny and larger ones, until no engine answers.</summary>
    private static Task PutUntilItDies(IAmazonS3 s3, string prefix, int seed, ConcurrentDictionary<string, byte[]> acknowledged) =>
        Parallel.ForAsync(0, 4, TestContext.Current.CancellationToken, async (worker, cancellation) =>
        {
            var random = new Random(seed + worker);
            for (var i = 0; ; i++)
            {
                var content = new byte[random.Next(2) == 0 ? random.Next(1000) : random.Next(300_000)];
                random.NextBytes(content);
                var key = $"{prefix}{worker}-{i}";
                try
                {
                    await s3.PutObjectAsync(new PutObjectRequest { BucketName = "kept", Key = key, InputStream = new MemoryStream(content) }, cancellation);
                }
                catch (Exception e) when (e is AmazonClientException or HttpRequestException or IOException)
                {
                    return;
                }

                acknowledged[key] = SHA256.HashData(content);
            }
        });
}
