using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.S3;

/// <summary>What tests of S3 through AWS's own .NET client share: the client and a bucket of their own.</summary>
public abstract class S3Test(EngineFixture fixture) : IClassFixture<EngineFixture>, IAsyncLifetime
{
    private AmazonS3Client? s3;

    protected EngineFixture Fixture => fixture;

    protected AmazonS3Client S3 => s3 ?? throw new InvalidOperationException("not initialized");

    /// <summary>New for each test.</summary>
    protected string Bucket { get; } = $"bucket-{Guid.NewGuid():n}";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        s3 = fixture.NewS3();
        await S3.PutBucketAsync(Bucket, Stop);
    }

    public ValueTask DisposeAsync()
    {
        s3?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Task<PutObjectResponse> Put(string key, string content, Action<PutObjectRequest>? change = null) =>
        Put(key, Encoding.UTF8.GetBytes(content), change);

    protected Task<PutObjectResponse> Put(string key, byte[] content, Action<PutObjectRequest>? change = null)
    {
        var request = new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = new MemoryStream(content) };
        change?.Invoke(request);
        return S3.PutObjectAsync(request, Stop);
    }

    protected async Task<string> Get(string key, Action<GetObjectRequest>? change = null)
    {
        var request = new GetObjectRequest { BucketName = Bucket, Key = key };
        change?.Invoke(request);
        using var response = await S3.GetObjectAsync(request, Stop);
        using var reader = new StreamReader(response.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Stop);
    }

    /// <summary>The error that S3 answers with.</summary>
    protected static async Task<AmazonS3Exception> Refused(Func<Task> call) => await Assert.ThrowsAnyAsync<AmazonS3Exception>(call);
}
