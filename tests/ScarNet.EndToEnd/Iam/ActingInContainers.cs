using ScarNet.Core.Functions;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Iam.GuardedPipelines;

namespace ScarNet.EndToEnd.Iam;

/// <summary>Jobs and functions in containers have the rights of their roles, however the containers are started.</summary>
public sealed class ActingInContainers(GuardedPipelines pipelines, DockerFixture docker) : IClassFixture<GuardedPipelines>
{
    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public async Task JobsMayWhatTheirRoleMay(LaunchMode launch)
    {
        var definition = (await InImage($"guarded-{launch}".ToLowerInvariant(), ExecutionMode.Batch)) with { Launch = launch };
        var function = await pipelines.Of(definition);

        var whole = await function.Ordinary();
        var probed = await function.Without(function.JobRole, "WriteOutputs", function.Ordinary);

        Assert.True(whole.Done, whole.Said);
        Assert.Equal("ASIA token\n", await pipelines.Launch.Engine.Text(Outbox, $"{definition.Name}/who"));
        Assert.False(probed.Done, probed.Said);
        Assert.Contains("is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::guarded-out/guarded-", probed.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionsMayWhatTheirRoleMay()
    {
        var definition = await InImage("guarded-image", ExecutionMode.Lambda);
        var function = await pipelines.Of(definition);

        var whole = await function.Ordinary();
        var probed = await function.Without(function.ExecutionRole, "WriteOutputs", function.Ordinary);

        Assert.True(whole.Done, whole.Said);
        Assert.Equal("ASIA token\n", await pipelines.Launch.Engine.Text(Outbox, "guarded-image/who"));
        Assert.False(probed.Done, probed.Said);
        Assert.Contains("is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::guarded-out/guarded-image/", probed.Said, StringComparison.Ordinal);
    }

    /// <summary>On Fargate a job does not even start without its log and its images.</summary>
    [Fact]
    public async Task JobsOnFargateNeedTheirLogAndImages()
    {
        const string OfEcr = "000000000000.dkr.ecr.us-east-1.amazonaws.com/guarded:1";
        var definition = (await InImage("guarded-fargate", ExecutionMode.Batch)) with
        {
            Launch = LaunchMode.Multi,
            Batch = new() { MemoryMiB = 256, Compute = new() { Type = "FARGATE" } },
        };
        await DockerFixture.Run(["tag", definition.Image!, OfEcr]);
        definition = definition with { Image = OfEcr };
        var function = await pipelines.Of(definition);

        var whole = await function.Ordinary();
        var probed = await function.Without(function.JobRole, "WriteLogs", function.Ordinary);

        Assert.True(whole.Done, whole.Said);
        Assert.False(probed.Done, probed.Said);
        Assert.Matches(
            "^ResourceInitializationError: .*assumed-role/guarded-fargate.us-east-1.job/[0-9a-f]{32} is not authorized to perform: logs:CreateLogStream on resource: "
            + "arn:aws:logs:us-east-1:000000000000:log-group:/aws/batch/job:log-stream:scarnet-guarded-fargate/",
            await function.LastReason());
        foreach (var (sid, said) in ((string, string)[])
        [
            ("LogInToRegistry", "^ResourceInitializationError: unable to pull secrets or registry auth: .* is not authorized to perform: ecr:GetAuthorizationToken on resource: \\* "),
            ("PullImages", $"^CannotPullContainerError: failed to resolve ref {OfEcr}: .* is not authorized to perform: ecr:BatchCheckLayerAvailability on resource: arn:aws:ecr:us-east-1:000000000000:repository/guarded "),
        ])
        {
            var unpulled = await function.Without(function.JobRole, sid, function.Ordinary);
            Assert.False(unpulled.Done, unpulled.Said);
            Assert.Matches(said, await function.LastReason());
        }

        Assert.Equal(
            ["WriteLogs", "PullImages", "LogInToRegistry"],
            Job(definition).Policy.Statements.Select(s => s.Sid).Except(Job("guarded-batch").Policy.Statements.Select(s => s.Sid)));
    }

    private async Task<FunctionDefinition> InImage(string name, ExecutionMode mode) => Function(name, mode) with
    {
        Image = await docker.Import(await BusyboxImage.Tar(), "guarded"),
        Script = ScriptSource.Lines(
        [
            "cp \"$INPUT_FILE_PATH\" \"$TMP_OUTPUT_DIR/\"",
            "echo \"$(echo \"$AWS_ACCESS_KEY_ID\" | cut -c1-4) ${AWS_SESSION_TOKEN:+token}\" > \"$TMP_OUTPUT_DIR/who\"",
        ]),
    };
}
