using System.Text;
using Amazon.S3.Model;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Faults;

public sealed class HostileKeys : IAsyncDisposable
{
    private const string Bucket = "hostile";
    private readonly TemporaryDirectory directory = new();
    private readonly KillableEngine engine;

    public HostileKeys() => engine = new KillableEngine(directory.Under("data"));

    public static TheoryData<string> Keys =>
    [
        "../../etc/x", "a b+c%.txt", "$(touch x)", "'; rm -rf /;'", "`touch x`", "\"quoted\".txt", "back\\slash", "-rf", "*", "~root", "😀/😀.txt",
        "ü/ß.txt", "#[1].csv", "a%2Bb", "100%.txt", "trailing space ", "tab\tand\nline", "double//slash", "...",
        new string('x', 1024 - "in/".Length), string.Join('/', Enumerable.Repeat("deep", 204)),
    ];

    [Theory]
    [InlineData("s3")]
    [InlineData("eventbridge")]
    public async Task AreDataAndNothingElse(string trigger)
    {
        await Deploy(trigger);
        var keys = Keys.Select(row => "in/" + row.Data).ToArray();
        foreach (var key in keys)
        {
            await Copy(key);
        }

        await engine.Local("wait", "--timeout", "2m");

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await SeenKeys()).Order(StringComparer.Ordinal));
        Assert.False(File.Exists("/etc/x"));
        Assert.Empty(Directory.EnumerateFiles(directory.FullName, "x", SearchOption.AllDirectories));
        Assert.Equal(["data", "file", "hostile.yaml"], Directory.EnumerateFileSystemEntries(directory.FullName).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task ThatEndInASlashStartNothing()
    {
        await Deploy();

        await engine.Clients.S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "in/folder/", ContentBody = "" }, TestContext.Current.CancellationToken);
        await engine.Local("wait", "--timeout", "2m");

        Assert.Empty(await SeenKeys());
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        directory.Dispose();
    }

    private async Task Deploy(string trigger = "s3")
    {
        await engine.Start();
        await File.WriteAllTextAsync(directory.Under("file"), "content", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(directory.Under("hostile.yaml"), $$"""
            functions:
              hostile:
                commands:
                  - test "$(cat -- "$INPUT_FILE_PATH")" = content
                  - printf %s "$STORAGE_OBJECT_KEY" >"$TMP_OUTPUT_DIR/key-$SCARNET_EXECUTION_ID"
                trigger: {{trigger}}
                input: [{path: {{Bucket}}/in}]
                output: [{path: {{Bucket}}/out}]
            """, TestContext.Current.CancellationToken);
        await engine.Local("init", "-f", directory.Under("hostile.yaml"));
    }

    /// <summary>Drops the file under the key with Debian's <c>aws s3 cp</c>.</summary>
    private async Task Copy(string key)
    {
        var result = await Command.Run(
            "/usr/bin/aws",
            ["--endpoint-url", engine.Endpoint, "s3", "cp", directory.Under("file"), $"s3://{Bucket}/{key}"],
            engine.ClientEnvironment);
        Assert.True(result.ExitCode == 0, $"aws s3 cp to '{key}': {result.Error}{result.Output}");
    }

    /// <summary>The keys that the scripts saw.</summary>
    private async Task<IReadOnlyList<string>> SeenKeys()
    {
        var seen = new List<string>();
        var page = await engine.Clients.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, Prefix = "out/key-" });
        foreach (var output in page.S3Objects ?? [])
        {
            using var answer = await engine.Clients.S3.GetObjectAsync(Bucket, output.Key);
            using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
            seen.Add(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        return seen;
    }
}
