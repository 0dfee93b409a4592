using System.Net;
using System.Text;
using Amazon.S3.Model;
using ScarNet.Aws.Lambda.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

public sealed class DeliveringTwice : IAsyncDisposable
{
    private const string Bucket = "twice";
    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public DeliveringTwice() => engine = new KillableEngine(directory.Under("data"));

    private string Effects => directory.Under("effects");

    [Theory]
    [InlineData("lambda")]
    [InlineData("batch")]
    public async Task RunsTheScriptOfEveryEventOnce(string mode)
    {
        const int objects = 60;
        await Deploy(mode);
        var events = await Task.WhenAll(Enumerable.Range(0, objects).Select(i => PutQuietly($"object-{i}")));

        await Deliver([.. events, .. events]);

        await ExpectEffects(objects);
    }

    [Fact]
    public async Task RunsTheScriptOnceForAnEventThatComesFiftyTimesAtOnce()
    {
        await Deploy("lambda");
        var one = await PutQuietly("object");

        await Deliver([.. Enumerable.Repeat(one, 50)]);

        await ExpectEffects(1);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>Deploys a function and takes its trigger away: this test delivers the events itself.</summary>
    private async Task Deploy(string mode)
    {
        await engine.Start();
        var file = directory.Under("twice.yaml");
        await File.WriteAllTextAsync(file, $$"""
            functions:
              twice:
                execution_mode: {{mode}}
                commands:
                  - cp "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR"
                  - echo "$STORAGE_OBJECT_KEY" >>{{Effects}}
                input: [{path: {{Bucket}}/in}]
                output: [{path: {{Bucket}}/out}]
            """, TestContext.Current.CancellationToken);
        await engine.Local("init", "-f", file);
        await engine.Clients.S3.PutBucketNotificationAsync(new PutBucketNotificationRequest { BucketName = Bucket });
    }

    /// <summary>Puts an object of which nobody is told.</summary>
    /// <returns>The event S3 would have sent.</returns>
    private async Task<string> PutQuietly(string name)
    {
        var put = await engine.Clients.S3.PutObjectAsync(
            new PutObjectRequest { BucketName = Bucket, Key = $"in/{name}", ContentBody = name });
        return $$"""
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-01-01T00:00:00.000Z",
            "eventName":"ObjectCreated:Put","s3":{"s3SchemaVersion":"1.0","bucket":{"name":"{{Bucket}}","arn":"arn:aws:s3:::{{Bucket}}"},
            "object":{"key":"in/{{name}}","size":{{name.Length}},"eTag":"{{put.ETag.Trim('"')}}","sequencer":"0055AED6DCD90281E5"} } }]}
            """;
    }

    private Task Deliver(IEnumerable<string> events) => Parallel.ForEachAsync(
        events,
        new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
        async (e, cancellation) =>
        {
            using var payload = new MemoryStream(Encoding.UTF8.GetBytes(e));
            var answer = await engine.Clients.Lambda.InvokeAsync(
                new InvokeRequest { FunctionName = "twice", InvocationType = "Event", PayloadStream = payload }, cancellation);
            Assert.Equal(HttpStatusCode.Accepted, answer.HttpStatusCode);
        });

    private async Task ExpectEffects(int objects)
    {
        await engine.Local("wait", "--timeout", "2m");

        var effects = await File.ReadAllLinesAsync(Effects, TestContext.Current.CancellationToken);
        Assert.Equal(objects, effects.Distinct().Count());
        Assert.Equal(objects, effects.Length);
        var outputs = await engine.Clients.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = "out/" });
        Assert.Equal(objects, outputs.KeyCount);
    }
}
