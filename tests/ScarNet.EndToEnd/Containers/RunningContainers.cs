using System.Text;
using ScarNet.Containers;
using ScarNet.EndToEnd.Support;
using ScarNet.Local.Containers;

namespace ScarNet.EndToEnd.Containers;

public sealed class RunningContainers(DockerFixture fixture) : IAsyncLifetime
{
    private readonly string label = $"/test/{Guid.NewGuid():N}";
    private readonly Docker docker = Docker.FromEnvironment();
    private readonly MemoryStream output = new();
    private readonly MemoryStream error = new();
    private string image = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => image = await fixture.Busybox();

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await docker.RemoveLeftovers(ContainerLabels.Engine, label, CancellationToken.None));
        docker.Dispose();
    }

    [Fact]
    public async Task KeepsBothStreamsByteForByteAndTheExitCode()
    {
        var exit = await Run(Shell("printf 'a\\377\\0b'; printf 'to error' >&2; exit 42"));

        Assert.Equal(new ContainerExit(42, OutOfMemory: false), exit);
        Assert.Equal([(byte)'a', 0xff, 0, (byte)'b'], output.ToArray());
        Assert.Equal("to error", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task PassesAnyEnvironmentValue()
    {
        const string Value = "line 1\nline 2\r\n\"quoted\" 'single' $HOME \\ ünicode =";

        await Run(Shell("printf %s \"$VALUE\"") with { Environment = new Dictionary<string, string> { ["VALUE"] = Value } });

        Assert.Equal(Value, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task StartsNothingWhoseMountIsNotTheDirectoryItShouldBe()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.Under("word"), "right", Cancellation);
        var spec = Shell("echo ran") with { Mounts = [new(directory.FullName, "/here", ReadOnly: false)] };

        foreach (var (file, word) in new[] { ("word", "wrong"), ("word", "righ"), ("none", "right") })
        {
            var refused = await Assert.ThrowsAsync<ContainerProofException>(() => Run(spec with { Proof = new($"/here/{file}", Encoding.ASCII.GetBytes(word)) }));
            Assert.Equal($"/here/{file}", refused.Path);
        }

        Assert.Empty(output.ToArray());
        Assert.Equal(0, (await Run(spec with { Proof = new("/here/word", "right"u8.ToArray()) })).ExitCode);
        Assert.Equal("ran\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task MountsReadOnlyAndReadWrite()
    {
        var directory = Directory.CreateTempSubdirectory("scarnet-mount:");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "in"), "from the host", Cancellation);

            var exit = await Run(Shell("cp /rw/in /rw/out && ! touch /ro/x") with
            {
                Mounts = [new(directory.FullName, "/rw", ReadOnly: false), new(directory.FullName, "/ro", ReadOnly: true)],
            });

            Assert.Equal(0, exit.ExitCode);
            Assert.Equal("from the host", await File.ReadAllTextAsync(Path.Combine(directory.FullName, "out"), Cancellation));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task RunsAsTheGivenUser()
    {
        await Run(Shell("id -u") with { User = "user" });

        Assert.Equal("1234\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task SharesTheHostsNetwork()
    {
        var address = new TaskCompletionSource<int>();
        var heard = Hear(address);

        await Run(Shell($"echo hello | nc -w 5 127.0.0.1 {await address.Task}"));

        Assert.Equal("hello", await heard.WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
    }

    [Fact]
    [Trait(Daemons.Trait, Daemons.DockerOnly)]
    public async Task TellsThatMemoryRanOut()
    {
        // tail keeps its input, which has no line end, in memory.
        var exit = await Run(Shell("tail /dev/zero") with { MemoryBytes = 24 << 20 });

        Assert.True(exit.OutOfMemory);
        Assert.Equal(137, exit.ExitCode);
    }

    [Fact]
    public async Task TakesAGigabyteOfOutputWithoutKeepingIt()
    {
        long taken = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var container = await docker.Start(
            Shell("dd if=/dev/zero bs=1M count=1024 2>/dev/null"),
            (_, bytes, _) =>
            {
                taken += bytes.Length;
                return ValueTask.CompletedTask;
            },
            Cancellation);

        await container.Exited.WaitAsync(TimeSpan.FromMinutes(5), Cancellation); // a gigabyte through Docker, on a machine that may be busy

        Assert.Equal(1L << 30, taken);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 256 << 20); // other tests run beside it
    }

    [Fact]
    public async Task DisposingKillsAndRemoves()
    {
        var container = await docker.Start(Shell("trap '' TERM; echo up; sleep 1000"), Collect, Cancellation);

        await container.DisposeAsync();

        Assert.DoesNotContain(container.Id, await DockerFixture.Run(["ps", "--all", "--quiet", "--no-trunc"]));
    }

    [Fact]
    public async Task ASignalReachesTheProgram()
    {
        var up = new TaskCompletionSource();
        await using var container = await docker.Start(
            Shell("trap 'exit 7' TERM; echo up; while :; do sleep 0.1; done"),
            (_, _, _) =>
            {
                up.TrySetResult();
                return ValueTask.CompletedTask;
            },
            Cancellation);
        await up.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        await container.Signal("SIGTERM", Cancellation);

        var exit = await container.Exited.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(7, exit.ExitCode);
    }

    [Fact]
    public async Task TheLifelineEndsWhenTheEngineDies()
    {
        var other = Docker.FromEnvironment(); // its connections are the dead engine's
        var container = await other.Start(Shell("cat; echo over > /out/over") with { Lifeline = true, Mounts = [Out()] }, Collect, Cancellation);

        container.CloseConnection();

        await WaitFor(() => File.Exists(Path.Combine(outDirectory!.FullName, "over")));
        await container.DisposeAsync();
        other.Dispose();
        outDirectory!.Delete(recursive: true);
    }

    [Fact]
    public async Task LeftoversAreFoundByTheirLabel()
    {
        var container = await docker.Start(Shell("sleep 1000"), Collect, Cancellation);

        Assert.Equal(1, await docker.RemoveLeftovers(ContainerLabels.Engine, label, Cancellation));
        Assert.Equal(0, await docker.RemoveLeftovers(ContainerLabels.Engine, label, Cancellation));

        await container.DisposeAsync();
    }

    [Fact]
    [Trait(Daemons.Trait, Daemons.DockerOnly)]
    public async Task AMissingProgramIsNamedAndEndsAsInAShell()
    {
        var exit = await Run(Shell("") with { Entrypoint = ["/no/such/program"] });

        Assert.Equal(127, exit.ExitCode);
        Assert.Contains("/no/such/program", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task AMissingWorkingDirectoryIsMade()
    {
        var exit = await Run(Shell("pwd") with { WorkingDirectory = "/made/for/it" });

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal("/made/for/it\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    [Trait(Daemons.Trait, Daemons.DockerOnly)]
    public async Task AMissingMountSourceIsAFailureThatNamesIt()
    {
        var missing = $"/tmp/scarnet-missing-{Guid.NewGuid():N}"; // one that nothing on this machine can have made

        var failure = await Assert.ThrowsAsync<ContainerException>(
            () => Run(Shell("true") with { Mounts = [new(missing, "/x", ReadOnly: true)] }));

        Assert.StartsWith("CannotCreateContainerError: ", failure.Message);
        Assert.Contains(missing, failure.Message);
    }

    [Fact]
    public async Task AMissingImageIsAPullFailure()
    {
        var failure = await Assert.ThrowsAsync<ContainerException>(
            () => Run(Shell("true") with { Image = "127.0.0.1:1/scarnet/none:1" }));

        Assert.StartsWith("CannotPullContainerError: image '127.0.0.1:1/scarnet/none:1': ", failure.Message);
    }

    [Fact]
    public async Task NoDockerSaysWhatToDo()
    {
        using var nowhere = new Docker(DockerAddress.Parse("unix:///no/such/docker.sock"), null);

        var problem = await nowhere.Probe(Cancellation);

        Assert.StartsWith("Docker does not answer at unix:///no/such/docker.sock: ", problem!.Message);
        Assert.Contains("--no-containers", problem.Hint);
    }

    private DirectoryInfo? outDirectory;

    private ContainerMount Out()
    {
        outDirectory = Directory.CreateTempSubdirectory("scarnet-out-");
        return new ContainerMount(outDirectory.FullName, "/out", ReadOnly: false);
    }

    private static async Task<string?> Hear(TaskCompletionSource<int> port)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        port.SetResult(((System.Net.IPEndPoint)listener.LocalEndpoint).Port);
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(Cancellation);
    }

    private static async Task WaitFor(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private ContainerSpec Shell(string script) => new()
    {
        Image = image,
        Entrypoint = ["/bin/sh", "-c", script],
        Labels = new Dictionary<string, string> { [ContainerLabels.Engine] = label },
    };

    private async Task<ContainerExit> Run(ContainerSpec spec)
    {
        await using var container = await docker.Start(spec, Collect, Cancellation);
        return await container.Exited.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    private ValueTask Collect(ContainerChannel channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        (channel == ContainerChannel.Output ? output : error).WriteAsync(bytes, cancellation);
}
