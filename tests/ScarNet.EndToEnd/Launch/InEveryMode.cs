using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Launch;

/// <summary>What a function asks for holds however its image is started.</summary>
public sealed class InEveryMode(LaunchFixture fixture, DockerFixture docker) : IClassFixture<LaunchFixture>
{
    // Mounted, the supervisor is the image's user, and the machine's directory is root's.
    [Theory]
    [InlineData(LaunchMode.Mounted, "0", true)]
    [InlineData(LaunchMode.Mounted, "1234", false)]
    [InlineData(LaunchMode.Sibling, "1234", true)]
    [InlineData(LaunchMode.Multi, "1234", true)]
    public async Task ReferencesComeFromTheMachinesCache(LaunchMode launch, string user, bool cached)
    {
        await fixture.Engine.Put("genomes/hg38", "ACGT\n");
        var image = await docker.Import(await BusyboxImage.Tar(), "reading", "USER " + user);
        var function = LaunchFixture.Function(image, "cat $SCARNET_INPUT_GENOME {{ references.genome }} > $TMP_OUTPUT_DIR/o", launch) with
        {
            References = [new InputRule($"s3://{SupervisorFixture.Inbox}/genomes/hg38", "genome")],
            ReferenceCache = $"/mnt/{launch}-{user}",
            Overwrite = true,
        };

        await fixture.Run(function);
        await fixture.Engine.Put($"{function.Name}/in.txt", "again");
        await fixture.Engine.Engine.UntilIdle();

        var runs = (await fixture.Runs(function)).OrderBy(run => run.Started).ToList();
        Assert.All(runs, run => Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.Error)));
        Assert.Equal([false, cached], runs.Select(run => run.Inputs.Single(input => input.Name == "genome").IsFromCache));
        Assert.Equal("ACGT\nACGT\n", (await fixture.Outputs(function))["o"]);
    }

    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public async Task ScriptsStartInTheImagesOwnDirectoryWhenToldTo(LaunchMode launch)
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "workdir", "WORKDIR /bin");
        var function = LaunchFixture.Function(image, "pwd > $TMP_OUTPUT_DIR/o; cat $SCARNET_WORKSPACE/input/in.txt >> $TMP_OUTPUT_DIR/o", launch) with
        {
            StartDirectory = StartDirectory.Image,
        };

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.Error));
        Assert.Equal("/bin\nhello\n", (await fixture.Outputs(function))["o"]);
    }

    /// <summary>A tag says nothing of what is behind it.</summary>
    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public async Task WorkIsDoneAgainWhenTheImageIsAnotherUnderTheSameName(LaunchMode launch)
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "changing");
        var function = LaunchFixture.Function(image, "cp $INPUT_FILE_PATH $TMP_OUTPUT_DIR/o", launch) with { SkipIfDone = true, Overwrite = true };

        var first = await fixture.Run(function);
        await Again(function);
        await DockerFixture.Run(["import", "--change", "LABEL another=one", "-", image], await BusyboxImage.Tar());
        await Again(function);

        var runs = (await fixture.Runs(function)).OrderBy(run => run.Started).ToList();
        Assert.Equal([RunStatus.Succeeded, RunStatus.Skipped, RunStatus.Succeeded], runs.Select(run => run.Status));
        Assert.Equal(first.InvocationId, runs[1].SameAs);
    }

    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Sibling)]
    [InlineData(LaunchMode.Multi)]
    public async Task AttemptsFollowTheExitCode(LaunchMode launch)
    {
        var function = LaunchFixture.Function(
            await docker.Busybox(), "[ \"$(cat $INPUT_FILE_PATH)\" = again ] && exit 3; exit 4", launch) with
        { Retries = 1, RetryRules = new(new Dictionary<int, bool> { [3] = true }) };

        var final = await fixture.Run(function, "no");
        await fixture.Engine.Put($"{function.Name}/in.txt", "again");
        await fixture.Engine.Engine.UntilIdle();

        var runs = await fixture.Runs(function);
        Assert.Equal((4, 1), (final.ExitCode, final.Attempt));
        Assert.Equal((3, 2), runs.Where(run => run.ExitCode == 3).Select(run => (run.ExitCode!.Value, run.Attempt)).Max());
    }

    private async Task Again(FunctionDefinition function)
    {
        await fixture.Engine.Put($"{function.Name}/in.txt", "hello\n");
        await fixture.Engine.Engine.UntilIdle();
    }
}
