using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Foundation;

/// <summary>The engine that a test has for itself: there is one foundation in an account and region.</summary>
public sealed class FoundationFixture : EngineFixture
{
    public string Artifacts => ArtifactKeys.Bucket("000000000000", Engine.Region);

    public Task<CommandResult> Bootstrap(params string[] arguments) =>
        Command.Run(Repository.Launcher, ["bootstrap", "--local", "--data", DataDirectory, .. arguments]);

    public async Task<JsonNode> Json(params string[] arguments) => JsonNode.Parse(await Aws([.. arguments, "--output", "json"]))!;

    /// <summary>Puts the spec of a function <c>count</c> where <c>init</c> does.</summary>
    public async Task<(string Uri, string Sha256)> PutSpec()
    {
        var spec = new JobSpec
        {
            Function = "count",
            Pipeline = "texts",
            Mode = ExecutionMode.Batch,
            Script = new ScriptSpec("true", null, "", []),
            Account = "000000000000",
            ArtifactBucket = Artifacts,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(spec, Core.Json.Default.JobSpec);
        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        using var s3 = NewS3();
        await s3.PutObjectAsync(
            new() { BucketName = Artifacts, Key = ArtifactKeys.Spec(digest), InputStream = new MemoryStream(bytes) }, TestContext.Current.CancellationToken);
        return ($"s3://{Artifacts}/{ArtifactKeys.Spec(digest)}", digest);
    }
}
