using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Launch;

/// <summary>Jobs of the launch mode <c>sibling</c>, deployed and run on the engine.</summary>
public sealed class RunningSiblings(LaunchFixture fixture, DockerFixture docker) : IClassFixture<LaunchFixture>
{
    /// <summary>DOMAIN.md, A26 and D9: an ENTRYPOINT comes before every command that Batch can give.</summary>
    [Fact]
    public async Task StartsAnImageThatHasAnEntrypoint()
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "entrypoint", "ENTRYPOINT [\"/bin/false\"]");
        var function = LaunchFixture.Function(
            image, "tr a-z A-Z < $INPUT_FILE_PATH > $TMP_OUTPUT_DIR/out.txt; pwd > pwd.txt; test \"$(cat pwd.txt)\" = \"$SCARNET_WORKSPACE\"; readlink -f /bin/sh; echo $PATH");

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, 0, "batch"), (run.Status, run.ExitCode, run.RanIn));
        Assert.Equal("HELLO\n", (await fixture.Outputs(function))["out.txt"]);
        var log = await fixture.Log(run);
        Assert.Contains("/bin/busybox", log);
        Assert.Contains("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", log); // Docker's own for an image without one
        Assert.Empty(await LaunchFixture.Containers($"scarnet.job={run.RequestId}"));
    }

    [Fact]
    [Trait(Daemons.Trait, Daemons.DockerOnly)]
    public async Task SurvivesTheScriptsOutOfMemory()
    {
        var function = LaunchFixture.Function(
            await docker.Busybox(), "echo half > $TMP_OUTPUT_DIR/half.txt; tail /dev/zero", LaunchMode.Sibling) with
        { Batch = new() { MemoryMiB = 24 } };

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, ExitCodes.Killed), (run.Status, run.ExitCode));
        Assert.Contains("it ran out of memory, of which it had 24 MiB", run.Error);
        Assert.Equal("half\n", Assert.Single(await fixture.Outputs(function, "failed/")).Value);
    }

    [Fact]
    public async Task EndsWithTheScriptsOwnExitCode()
    {
        var function = LaunchFixture.Function(await docker.Busybox(), "exit 42", LaunchMode.Sibling);

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Failed, 42), (run.Status, run.ExitCode));
        Assert.Equal(42, (int)(await fixture.Engine.Describe(run.RequestId!))["container"]!["exitCode"]!);
    }

    [Fact]
    public async Task RunsAsTheImagesUser()
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "user", "USER 1234");
        var function = LaunchFixture.Function(image, "id -u > $TMP_OUTPUT_DIR/id; cat $INPUT_FILE_PATH >> $TMP_OUTPUT_DIR/id; mkdir more; touch $TMPDIR/t", LaunchMode.Sibling);

        var run = await fixture.Run(function);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal("1234\nhello\n", (await fixture.Outputs(function))["id"]);
    }

    [Fact]
    public async Task LeavesTheImagesOwnFilesAloneWhenToldTo()
    {
        var function = LaunchFixture.Function(
            await docker.Busybox(), "! touch /bin/new; echo ok > $TMP_OUTPUT_DIR/ok", LaunchMode.Sibling) with
        { ReadOnlyRoot = true };

        var run = await fixture.Run(function);

        Assert.Equal((RunStatus.Succeeded, null), (run.Status, run.Error));
        Assert.Contains(await fixture.Log(run), line => line.Contains("Read-only file system", StringComparison.Ordinal));
    }

    /// <summary>DOMAIN.md, 2.2: BayerCLAW's runner hands every GPU on, even for 'void'; so does an image that asks for all of them.</summary>
    [Fact(DisplayName = "bclaw_gpu_all")]
    public async Task GivesNoGpuThatWasNotReserved()
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "gpu", "ENV NVIDIA_VISIBLE_DEVICES=all");
        var function = LaunchFixture.Function(image, "echo $NVIDIA_VISIBLE_DEVICES > $TMP_OUTPUT_DIR/gpus", LaunchMode.Sibling);

        await fixture.Run(function);

        Assert.Equal("void\n", (await fixture.Outputs(function))["gpus"]);
    }

    [Fact]
    public async Task TellsThatTheImageCannotBePulled()
    {
        var run = await fixture.Run(LaunchFixture.Function("127.0.0.1:1/none:1", "true", LaunchMode.Sibling));

        Assert.Equal((RunStatus.Failed, ExitCodes.ImageProblem), (run.Status, run.ExitCode));
        Assert.StartsWith("CannotPullContainerError: image '127.0.0.1:1/none:1'", run.Error);
    }

    [Theory]
    [InlineData(LaunchMode.Mounted)]
    [InlineData(LaunchMode.Multi)]
    public async Task IsAskedForWhereAnotherModeCannotBe(LaunchMode mode)
    {
        var image = await docker.Import(await BusyboxImage.Tar(), "entrypoint", "ENTRYPOINT [\"/bin/echo\",\"hi\"]");

        var refused = await Assert.ThrowsAsync<ScarException>(() => fixture.Plan(LaunchFixture.Function(image, "true", mode)));

        Assert.Contains($"image '{image}' with 'launch: {mode.Format()}', and that image has an ENTRYPOINT (/bin/echo hi)", refused.Message);
        Assert.Contains("'launch: sibling'", refused.Hint);
    }
}
