using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Aws;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Batch;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>An engine with an input and a versioned output bucket, to which supervisors of any function talk.</summary>
public sealed class SupervisorFixture : BatchFixture
{
    public const string Inbox = "inbox";
    public const string Outbox = "outbox";
    private const string Account = "000000000000";
    private AwsClients? clients;

    public IAmazonS3 S3 => clients!.S3;

    public AwsClients Clients => clients!;

    private string Artifacts => ArtifactKeys.Bucket(Account, Engine.Region);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        clients = new AwsClients(new AwsSettings
        {
            Endpoint = Engine.Endpoint.GetLeftPart(UriPartial.Authority),
            AccessKey = Engine.AccessKey,
            SecretKey = Engine.SecretKey,
            Region = Engine.Region,
        });
        foreach (var bucket in (string[])[Inbox, Outbox, Artifacts])
        {
            await S3.PutBucketAsync(bucket);
        }

        // How often an output was written is how many versions it has.
        await S3.PutBucketVersioningAsync(new()
        {
            BucketName = Outbox,
            VersioningConfig = new() { Status = VersionStatus.Enabled },
        });
    }

    public override async ValueTask DisposeAsync()
    {
        clients?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>A function of its own name, whose outputs go below that name.</summary>
    public JobSpec Function(string script, ExecutionMode mode = ExecutionMode.Lambda)
    {
        var name = "fn-" + Guid.NewGuid().ToString("N")[..10];
        return new()
        {
            Function = name,
            Pipeline = "tests",
            Mode = mode,
            Script = ScriptSpec.Inside(Encoding.UTF8.GetBytes(script), []),
            Outputs = [new(Outbox, name + "/")],
            TimeoutThresholdSeconds = 2,
            ArtifactBucket = Artifacts,
            Account = Account,
        };
    }

    /// <summary>Registers a function as a job of the machine itself.</summary>
    /// <returns>What its Lambda has to know of it.</returns>
    public async Task<(JobSpec Spec, IReadOnlyDictionary<string, string> Lambda)> DeployJob(JobSpec spec)
    {
        var definition = await Clients.Batch.RegisterJobDefinitionAsync(new()
        {
            JobDefinitionName = "scarnet-" + spec.Function,
            Type = "container",
            Tags = new() { ["scarnet:image"] = "none" },
            ContainerProperties = new()
            {
                Image = "none",
                Command = [SupervisorBinary.FullName],
                ResourceRequirements = [new() { Type = "VCPU", Value = "1" }, new() { Type = "MEMORY", Value = "256" }],
                Environment = [new() { Name = SupervisorVariables.Spec, Value = JsonSerializer.Serialize(spec, Json.Default.JobSpec) }],
            },
        });
        return (spec, new Dictionary<string, string>
        {
            [SupervisorVariables.JobQueue] = ScarNet.EndToEnd.Batch.BatchFixture.Queue,
            [SupervisorVariables.JobDefinition] = $"{definition.JobDefinitionName}:{definition.Revision}",
        });
    }

    public async Task<string> Put(string key, string content, string bucket = Inbox, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var request = new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content };
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            request.Metadata[name] = value;
        }

        var put = await S3.PutObjectAsync(request);
        return Record(key, put.ETag.Trim('"'), Encoding.UTF8.GetByteCount(content), bucket, put.VersionId);
    }

    public static string Event(params IEnumerable<string> records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    public static string Record(string key, string etag, long size, string bucket = Inbox, string? versionId = null) => JsonSerializer.Serialize(new
    {
        eventVersion = "2.1",
        eventSource = "aws:s3",
        eventName = "ObjectCreated:Put",
        eventTime = "2026-11-21T10:11:12.345Z",
        s3 = new { bucket = new { name = bucket }, @object = new { key = WebUtility.UrlEncode(key), size, eTag = etag, versionId, sequencer = "00A1" } },
    });

    /// <summary>Key → content of every output of a function, the function's own prefix left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Outputs(JobSpec spec, string prefix = "")
    {
        var start = prefix + spec.Function + "/";
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in await Versions(start))
        {
            found[entry.Key[start.Length..]] = await Text(Outbox, entry.Key);
        }

        return found;
    }

    /// <summary>Every version of every output below a prefix.</summary>
    public async Task<IReadOnlyList<S3ObjectVersion>> Versions(string prefix) =>
        (await S3.ListVersionsAsync(Outbox, prefix)).Versions ?? [];

    public async Task<string> Text(string bucket, string key)
    {
        using var response = await S3.GetObjectAsync(bucket, key);
        using var reader = new StreamReader(response.ResponseStream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public async Task<IReadOnlyList<RunRecord>> Runs(JobSpec spec) =>
        [.. (await Documents(ArtifactKeys.Runs(spec.Function))).Select(text => JsonSerializer.Deserialize(text, Json.Default.RunRecord)!)];

    public async Task<IReadOnlyList<Claim>> Claims(JobSpec spec) =>
        [.. (await Documents(ArtifactKeys.Claims(spec.Function))).Select(text => JsonSerializer.Deserialize(text, Json.Default.Claim)!)];

    private async Task<IReadOnlyList<string>> Documents(string prefix)
    {
        var listing = await S3.ListObjectsV2Async(new() { BucketName = Artifacts, Prefix = prefix });
        return await Task.WhenAll((listing.S3Objects ?? []).Select(entry => Text(Artifacts, entry.Key)));
    }
}
