using System.Text.Json.Nodes;
using Amazon.S3;
using ScarNet.EndToEnd.Support;
using ScarNet.EndToEnd.Supervisor;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>An engine with a bucket, a web server, and the native supervisor that carries out tasks beside them.</summary>
public sealed class TaskFixture(DockerFixture docker) : EngineFixture
{
    public const string Bucket = "mybucket";
    private WebServer? web;
    private AmazonS3Client? s3;

    internal WebServer Web => web!;

    public IAmazonS3 S3 => s3!;

    /// <summary>The image of every task here: busybox.</summary>
    public string Image { get; private set; } = "";

    /// <summary>The supervisor's TMPDIR.</summary>
    public string Temporary => Path.Join(Files, "tmp");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Image = await docker.Busybox();
        web = new();
        s3 = NewS3();
        await s3.PutBucketAsync(Bucket);
        Directory.CreateDirectory(Temporary);
    }

    public override async ValueTask DisposeAsync()
    {
        web?.Dispose();
        s3?.Dispose();
        await base.DisposeAsync();
    }

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>(ClientEnvironment) { ["TMPDIR"] = Temporary };

    /// <summary>An executor that runs a shell line in busybox.</summary>
    public JsonObject Shell(string line, Action<JsonObject>? more = null)
    {
        var executor = new JsonObject { ["image"] = Image, ["command"] = new JsonArray("sh", "-c", line) };
        more?.Invoke(executor);
        return executor;
    }

    public static JsonObject Content(string path, string content) => new() { ["path"] = path, ["content"] = content };

    public static JsonObject Output(string path, string key, string type = "FILE") =>
        new() { ["path"] = path, ["url"] = $"s3://{Bucket}/{key}", ["type"] = type };

    public static JsonObject Task(JsonArray executors, JsonArray? inputs = null, JsonArray? outputs = null) =>
        new() { ["executors"] = executors, ["inputs"] = inputs ?? [], ["outputs"] = outputs ?? [] };

    /// <summary>Has a task carried out.</summary>
    internal Task<TaskResult> Run(JsonObject task, params string[] arguments) => Run(task.ToJsonString(), arguments);

    /// <inheritdoc cref="Run(JsonObject, string[])"/>
    internal async Task<TaskResult> Run(string task, params string[] arguments)
    {
        var name = Guid.NewGuid().ToString("N");
        var file = WriteFile($"{name}.json", task);
        var log = Path.Join(Files, $"{name}.log.json");
        var result = await Command.Run(SupervisorBinary.FullName, ["task", file, "--log", log, .. arguments], Environment, Files);
        return new(result, File.Exists(log) ? JsonNode.Parse(await File.ReadAllTextAsync(log)) : null);
    }

    /// <summary>Key → text of every object below a prefix, which is cut off.</summary>
    public async Task<SortedDictionary<string, string>> Objects(string prefix)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in (await S3.ListObjectsV2Async(new() { BucketName = Bucket, Prefix = prefix })).S3Objects ?? [])
        {
            using var response = await S3.GetObjectAsync(Bucket, entry.Key);
            using var reader = new StreamReader(response.ResponseStream);
            found[entry.Key[prefix.Length..]] = await reader.ReadToEndAsync();
        }

        return found;
    }

    public Task Put(string key, string content) => S3.PutObjectAsync(new() { BucketName = Bucket, Key = key, ContentBody = content });
}

/// <summary>How a task ended.</summary>
/// <param name="Process">The supervisor.</param>
/// <param name="Document">The task with its log; null when it was refused.</param>
internal sealed record TaskResult(CommandResult Process, JsonNode? Document)
{
    public int ExitCode => Process.ExitCode;

    public string State => (string?)Document?["state"] ?? $"refused: {Process.Error}";

    public JsonNode Log => Document!["logs"]![0]!;

    public IReadOnlyList<int?> ExitCodes => [.. Log["logs"]!.AsArray().Select(log => (int?)log!["exit_code"])];

    public string SystemLogs => string.Join('\n', (Log["system_logs"]?.AsArray() ?? []).Select(line => (string?)line));
}
