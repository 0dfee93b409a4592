using System.Net;
using System.Text;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Supervisor;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Launch;

/// <summary>Supervisors that start siblings, themselves started by hand: what the engine would do for them does not happen.</summary>
public sealed class SiblingsOnTheirOwn(LaunchFixture fixture, DockerFixture docker) : IClassFixture<LaunchFixture>
{
    /// <summary>DOMAIN.md, B10: the machine's path, the supervisor's and the script's need not be one.</summary>
    [Fact]
    public async Task FindTheirDirectoryOnTheMachine()
    {
        var spec = await Spec("ls > $TMP_OUTPUT_DIR/ls; echo $SCARNET_WORKSPACE");
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-mounts", "--volume", $"{fixture.NewDirectory()}:/quite/elsewhere", "--env", "TMPDIR=/quite/elsewhere/tmp");

        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.True(exitCode == 0, said);
        Assert.Contains("\n/quite/elsewhere/tmp/scarnet-0/w-", "\n" + said);
        Assert.Equal("input\noutput\n", (await fixture.Engine.Outputs(spec))["ls"]);
    }

    [Fact]
    public async Task RefuseADirectoryThatIsNotTheOneTheyAreTold()
    {
        using var metadata = new Answering($$"""{"DockerId":"ID","Volumes":[{"Source":"{{fixture.NewDirectory()}}","Destination":"/scratch"}]}""");
        var spec = await Spec("true");
        var name = "scarnet-launch-" + Guid.NewGuid().ToString("N");
        metadata.Replace("ID", name); // Docker takes a name for an id
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-canary", "--name", name, "--env", $"ECS_CONTAINER_METADATA_URI_V4={metadata.Address}",
            "--volume", $"{fixture.NewDirectory()}:/scratch", "--env", "TMPDIR=/scratch");

        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.Equal(ExitCodes.ImageProblem, exitCode);
        Assert.Matches("'/scratch/scarnet-0/w-[0-9a-f]+' of the supervisor's container is not '/.*scarnet-launch-.*' on the machine", said);
        Assert.Empty(await LaunchFixture.Containers("scarnet.job=job-canary"));
    }

    [Fact]
    public async Task RefuseADirectoryThatIsTheContainersOwn()
    {
        var spec = await Spec("true");
        var supervisor = await fixture.StartSupervisor(await fixture.Runner(docker), spec, "job-inside");

        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.Equal(ExitCodes.ImageProblem, exitCode);
        Assert.Contains("is not on the machine, so that no other container can have it: the job definition must mount a volume at '/scratch'", said);
    }

    [Fact]
    public async Task GetExactlyWhatTheSupervisorWasGiven()
    {
        var spec = await Spec("echo up; until [ -e stop ]; do sleep 0.1; done");
        var scratch = fixture.NewDirectory();
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-limits", "--volume", $"{scratch}:/scratch", "--env", "TMPDIR=/scratch", "--memory", "328m", "--cpu-shares", "1536");
        await UntilLogged(supervisor, "up");

        var limits = await DockerFixture.Run(
            ["inspect", "--format", "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.CpuShares}} {{.Config.Entrypoint}} {{.HostConfig.DeviceRequests}}", "scarnet-job-limits-1"]);
        await File.WriteAllTextAsync(Path.Join(Workspace(scratch), "stop"), "", TestContext.Current.CancellationToken);
        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^209715200 209715200 1536 \[/bin/sh /scratch/scarnet-0/w-[0-9a-f]+/\.scarnet/script\] (\[\]|<no value>)", limits);
        Assert.Contains("\"argv\":[\"/bin/sh\",\"/scratch/scarnet-0/w-", said);
    }

    [Fact]
    public async Task BringTheirOutputsAwayWhenToldToEnd()
    {
        var spec = await Spec("trap 'echo last > $TMP_OUTPUT_DIR/out; exit 3' TERM; echo up; while :; do sleep 0.1; done");
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-term", "--volume", $"{fixture.NewDirectory()}:/scratch", "--env", "TMPDIR=/scratch");
        await UntilLogged(supervisor, "up");

        await DockerFixture.Run(["kill", "--signal", "TERM", supervisor]);
        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.Equal(3, exitCode);
        Assert.Contains("the run was told to end", said);
        Assert.Equal("last\n", Assert.Single(await fixture.Engine.Outputs(spec, "failed/")).Value);
        Assert.Empty(await LaunchFixture.Containers("scarnet.job=job-term"));
    }

    [Fact]
    public async Task GiveUpAContainerThatOutlivesItsKilling()
    {
        using var undying = new UndyingDocker(fixture.NewDirectory());
        var spec = await Spec("echo up; while :; do sleep 0.1; done");
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-undying", "--volume", $"{fixture.NewDirectory()}:/scratch", "--env", "TMPDIR=/scratch",
            "--volume", $"{undying.Path}:{LaunchFixture.Socket}");
        await UntilLogged(supervisor, "up");

        await DockerFixture.Run(["kill", "--signal", "TERM", supervisor]);
        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.Equal(ExitCodes.ImageProblem, exitCode);
        Assert.Contains("is still there 8 s after it was killed: the machine's Docker does not end it", said);
    }

    [Fact]
    public async Task PassOnThatASpotMachineIsTakenBack()
    {
        using var metadata = new SpotMetadata();
        var spec = await Spec(
            "trap 'cp $SCARNET_SPOT_NOTICE $TMP_OUTPUT_DIR/notice.json; exit 0' TERM; [ ! -e $SCARNET_SPOT_NOTICE ] && echo up; while :; do sleep 0.1; done");
        var supervisor = await fixture.StartSupervisor(
            await fixture.Runner(docker), spec, "job-spot", "--volume", $"{fixture.NewDirectory()}:/scratch", "--env", "TMPDIR=/scratch",
            "--env", $"AWS_EC2_METADATA_SERVICE_ENDPOINT={metadata.Address}", "--env", "AWS_EC2_METADATA_DISABLED=");
        await UntilLogged(supervisor, "up");
        var notice = $$"""{"action": "terminate", "time": "{{DateTimeOffset.UtcNow.AddMinutes(2):yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""";

        metadata.Notice = notice;
        var (exitCode, said) = await LaunchFixture.End(supervisor);

        Assert.True(exitCode == ExitCodes.UploadFailed, said); // which is tried again
        Assert.Equal(notice, Assert.Single(await fixture.Engine.Outputs(spec, "failed/")).Value);
        Assert.Empty(await LaunchFixture.Containers("scarnet.job=job-spot"));
    }

    /// <summary>DOMAIN.md, 2.2: a supervisor that is killed leaves a container behind that nobody ends.</summary>
    [Fact]
    public async Task RemoveTheContainersOfTheDeadOnly()
    {
        var runner = await fixture.Runner(docker);
        var scratch = fixture.NewDirectory();
        string[] options = ["--volume", $"{scratch}:/scratch", "--env", "TMPDIR=/scratch"];
        var living = await fixture.StartSupervisor(runner, await Spec("echo up; sleep 1000"), "job-living", options);
        var dying = await fixture.StartSupervisor(runner, await Spec("echo up; sleep 1000"), "job-dying", options);
        await UntilLogged(living, "up");
        await UntilLogged(dying, "up");
        await DockerFixture.Run(["kill", "--signal", "KILL", dying]);
        Assert.Equal(["scarnet-job-dying-1"], await LaunchFixture.Containers("scarnet.job=job-dying"));

        var (exitCode, said) = await LaunchFixture.End(await fixture.StartSupervisor(runner, await Spec("true"), "job-next", options));

        Assert.Equal(0, exitCode);
        Assert.Contains("container of a dead supervisor removed", said);
        Assert.Empty(await LaunchFixture.Containers("scarnet.job=job-dying"));
        Assert.Equal(["scarnet-job-living-1"], await LaunchFixture.Containers("scarnet.job=job-living"));
        Assert.Single(Directory.GetDirectories(Path.Join(scratch, "scarnet-0")));
        await DockerFixture.Run(["rm", "--force", living, dying, "scarnet-job-living-1"]);
    }

    private async Task<JobSpec> Spec(string script) =>
        fixture.Engine.Function(script) with { Sibling = new(await docker.Busybox(), 1, 64, ReadOnlyRoot: false) };

    private static string Workspace(string scratch) => Assert.Single(Directory.GetDirectories(Path.Join(scratch, "scarnet-0")));

    private static async Task UntilLogged(string container, string line)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!(await Command.Run("docker", ["logs", container])).Output.Split('\n').Contains(line))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>A stand-in for ECS's metadata service.</summary>
    private sealed class Answering : IDisposable
    {
        private readonly HttpListener listener = new();
        private string answer;

        public Answering(string answer)
        {
            this.answer = answer;
            Address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 30_000)}/";
            listener.Prefixes.Add(Address);
            listener.Start();
            _ = Serve();
        }

        public string Address { get; }

        public void Replace(string text, string by) => answer = answer.Replace(text, by, StringComparison.Ordinal);

        public void Dispose() => ((IDisposable)listener).Dispose();

        private async Task Serve()
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                context.Response.Close();
            }
        }
    }
}
