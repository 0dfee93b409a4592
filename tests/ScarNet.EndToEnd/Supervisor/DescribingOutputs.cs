using Amazon.S3;
using Amazon.S3.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using static ScarNet.EndToEnd.Supervisor.SupervisorFixture;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>What the objects of a run are besides their keys and contents.</summary>
public sealed class DescribingOutputs(SupervisorFixture engine) : IClassFixture<SupervisorFixture>
{
    private static readonly Dictionary<string, string> AwkwardTags = new()
    {
        ["a b"] = "x=1+2 & y=3%",
        ["größe"] = "5 µm",
        ["empty"] = "",
    };

    /// <summary>DOMAIN.md, 2.3: BayerCLAW joins tags as k=v&amp;k=v without encoding, and breaks on '&amp;', '=', '+' and spaces.</summary>
    [Theory(DisplayName = "bclaw_tag_encoding: tags arrive as they were written")]
    [InlineData(10)]
    [InlineData(17_000_000)]
    public async Task TagsThemAsWritten(int bytes)
    {
        var (spec, output) = Describe(new() { Tags = AwkwardTags }, $"head -c {bytes} /dev/zero > $TMP_OUTPUT_DIR/out.bin");
        await Run(spec, "tags");

        var tags = await engine.S3.GetObjectTaggingAsync(new() { BucketName = Outbox, Key = output + "out.bin" });

        Assert.Equal(AwkwardTags.OrderBy(t => t.Key), tags.Tagging.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)).OrderBy(t => t.Key));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(17_000_000)]
    public async Task GivesThemWhatTheRuleSays(int bytes)
    {
        var (spec, output) = Describe(
            new()
            {
                Metadata = new Dictionary<string, string> { ["Author"] = "a=b & c", ["run-by"] = "me" },
                ContentType = "text/x-reads; charset=utf-8",
                StorageClass = "STANDARD_IA",
                KmsKey = "alias/results",
            },
            $"head -c {bytes} /dev/zero > $TMP_OUTPUT_DIR/out.bin");
        await Run(spec, "properties");

        var head = await Head(output + "out.bin");

        Assert.Equal(("a=b & c", "me"), (head.Metadata["author"], head.Metadata["run-by"]));
        Assert.NotNull(head.Metadata[ObjectMetadata.Run]);
        Assert.Equal(("text/x-reads; charset=utf-8", "STANDARD_IA"), (head.Headers.ContentType, head.StorageClass.Value));
        Assert.Equal(("aws:kms", "alias/results"), (head.ServerSideEncryptionMethod.Value, head.ServerSideEncryptionKeyManagementServiceKeyId));
    }

    [Fact]
    public async Task SendsAChecksumThatS3Verifies()
    {
        var (spec, output) = Describe(OutputProperties.None, "echo 1 > $TMP_OUTPUT_DIR/out.bin");
        await Run(spec, "checksum");

        var head = await engine.S3.GetObjectMetadataAsync(new() { BucketName = Outbox, Key = output + "out.bin", ChecksumMode = ChecksumMode.ENABLED });

        Assert.NotNull(head.ChecksumCRC32 ?? head.ChecksumCRC32C ?? head.ChecksumCRC64NVME ?? head.ChecksumSHA256);
    }

    [Theory]
    [InlineData("plot.png", "image/png")]
    [InlineData("table.csv", "text/csv")]
    [InlineData("reads.fastq", "binary/octet-stream")]
    public async Task TakesTheContentTypeFromTheExtension(string name, string type)
    {
        var (spec, output) = Describe(OutputProperties.None, $"touch $TMP_OUTPUT_DIR/{name}");
        await Run(spec, name);

        Assert.Equal(type, (await Head(output + name)).Headers.ContentType);
    }

    [Fact]
    public async Task KeepsASourceShortWhereMetadataTakesItsRoom()
    {
        var key = "long/" + string.Concat(Enumerable.Repeat("ü", 200));
        var (spec, output) = Describe(
            new() { Metadata = new Dictionary<string, string> { ["note"] = new('n', 1800) } }, "touch $TMP_OUTPUT_DIR/out");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var first = await sandbox.Handle(Event(await engine.Put(key, "1")));
        var second = await sandbox.Handle(Event(await engine.Put(key, "2"))); // the same source may write it again

        Assert.Equal(("succeeded", "succeeded"), (first.Status, second.Status));
        Assert.StartsWith("sha256:", (await Head(output + "out")).Metadata[ObjectMetadata.Source], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailsARunThatLeavesFewerFilesThanItMust()
    {
        var spec = engine.Function("cd $TMP_OUTPUT_DIR; mkdir -p a/b; touch a/b/1.txt 2.txt 3.log");
        spec = spec with { Outputs = [spec.Outputs[0] with { Files = ["**/*.txt"], Minimum = 3 }] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("few", "x")));

        Assert.Contains($"the script left 2 of at least 3 files for the output 's3://outbox/{spec.Function}/' ('**/*.txt')", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.OutputMissing, (await engine.Runs(spec))[0].ExitCode);
        Assert.Empty(await engine.Outputs(spec));
    }

    [Fact(DisplayName = "bclaw_basename_collision: outputs of one name in two directories are two objects")]
    public async Task KeepsTheDirectoriesOfGlobs()
    {
        var spec = engine.Function("cd $TMP_OUTPUT_DIR; mkdir -p x y; echo 1 > x/result.txt; echo 2 > y/result.txt; echo no > z.log; mkdir none");
        spec = spec with { Outputs = [spec.Outputs[0] with { Files = ["**/result.txt"] }] };
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        var answer = await sandbox.Handle(Event(await engine.Put("globs", "x")));
        var (_, log) = await sandbox.Stop();

        Assert.Equal("succeeded", answer.Status);
        Assert.Equal(["x/result.txt=1\n", "y/result.txt=2\n"], (await engine.Outputs(spec)).Select(o => $"{o.Key}={o.Value}"));
        Assert.Contains("output left behind: no output rule takes it\"", log, StringComparison.Ordinal);
        Assert.Contains("\"file\":\"z.log\"", log, StringComparison.Ordinal);
        Assert.Contains("\"directory\":\"none\"", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaysWhatWasLeftInTheWorkspaceWhenNothingIsInTheOutput()
    {
        var spec = engine.Function("mkdir results; echo 1 > results/a.txt; echo 2 > b.txt");
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);

        await sandbox.Handle(Event(await engine.Put("astray", "x")));
        var (_, log) = await sandbox.Stop();

        Assert.Contains("\"files\":[\"b.txt\",\"results/a.txt\"]", log, StringComparison.Ordinal);
    }

    private (JobSpec Spec, string Prefix) Describe(OutputProperties properties, string script)
    {
        var spec = engine.Function(script);
        return (spec with { Outputs = [spec.Outputs[0] with { Properties = properties }] }, spec.Outputs[0].Prefix);
    }

    private async Task Run(JobSpec spec, string key)
    {
        await using var sandbox = Sandbox.Start(spec, engine.ClientEnvironment);
        var answer = await sandbox.Handle(Event(await engine.Put("describe/" + key, "x")));
        Assert.Equal("succeeded", answer.Status);
    }

    private Task<GetObjectMetadataResponse> Head(string key) =>
        engine.S3.GetObjectMetadataAsync(new() { BucketName = Outbox, Key = key });
}
