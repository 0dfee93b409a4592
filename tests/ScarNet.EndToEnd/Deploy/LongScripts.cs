using System.Text;
using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Deploy;

/// <summary>RegisterJobDefinition takes 24 KiB, all told.</summary>
public sealed class LongScripts(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Theory(DisplayName = "scar_base64_24k: a long script lies in the bucket, a short one travels inside")]
    [InlineData("fifteen", 15_000, true)]
    [InlineData("below", (24 * 1024) - 1, false)]
    [InlineData("above", (24 * 1024) + 1, false)]
    [InlineData("mega", 1024 * 1024, false)]
    public async Task TravelInsideTheDefinitionOrLieInTheBucket(string name, int bytes, bool inside)
    {
        using var deployment = new Deployment(engine);
        var script = engine.WriteFile($"{name}.sh", "#!/bin/sh\n" + new string('#', bytes - 10));
        var function = Pipelines.Batch(name) with { Script = ScriptSource.File(script) };

        await deployment.Init(function);

        var cancellation = TestContext.Current.CancellationToken;
        var definitions = await deployment.Clients.Batch.DescribeJobDefinitionsAsync(new() { JobDefinitionName = $"scarnet-{name}" }, cancellation);
        var spec = Assert.Single(definitions.JobDefinitions!).ContainerProperties!.Environment!.Single(v => v.Name == "SCARNET_SPEC").Value!;
        var artifacts = await deployment.Clients.S3.ListObjectsV2Async(
            new() { BucketName = "scarnet-artifacts-000000000000-us-east-1", Prefix = "scripts/" }, cancellation);
        Assert.Equal(inside, spec.Contains("#####", StringComparison.Ordinal));
        Assert.Equal(!inside, artifacts.S3Objects?.Any(o => o.Size == bytes) == true);
        Assert.True(Encoding.UTF8.GetByteCount(spec) < 24 * 1024);
        Assert.True((await deployment.Plan(function)).IsEmpty);
    }
}
