using System.Text;
using ScarNet.Local.Processes;

namespace ScarNet.EndToEnd.Processes;

public sealed class RunningHostProcesses : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string directory = Directory.CreateTempSubdirectory("scarnet-processes-").FullName;
    private readonly MemoryStream output = new();
    private readonly MemoryStream error = new();
    private readonly Lock gate = new();
    private readonly HostProcesses processes;

    public RunningHostProcesses() => processes = new HostProcesses(directory);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await processes.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task LeadASessionOfTheirOwnAndSeeOnlyTheirEnvironment()
    {
        await using var process = Start("echo $$; ps -o sid= -p $$; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= | cut -d= -f1 | sort");

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal([$"{process.Id}", $"{process.Id}", "GREETING", "PATH", "SCARNET_TREE"], Lines(output));
    }

    [Fact]
    public async Task PassOnEveryByteOfBothStreams()
    {
        await using var process = Start("""head -c 3000000 /dev/zero; printf '\377\376\0x' >&2; exit 7""");

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(7, end.ExitCode);
        Assert.Equal(3_000_000, output.Length);
        Assert.Equal([0xFF, 0xFE, 0, (byte)'x'], error.ToArray());
    }

    [Fact]
    public async Task OutliveWhatTakesTooMuchMemoryWhenTheyAreToSaySo()
    {
        await using var process = processes.Start(Command("/bin/bash", ["-c", "tail /dev/zero; echo $?; exit 3"]) with { MemoryLimitBytes = 64 << 20, OutlivesMemory = true });

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal((3, true), (end.ExitCode, end.OutOfMemory));
        Assert.Equal(["137"], Lines(output));
    }

    [Fact]
    public async Task ReadAnEmptyInputWithoutALifeline()
    {
        await using var process = Start("cat; echo end");

        await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(["end"], Lines(output));
    }

    [Fact]
    public async Task KeepTheirInputOpenOnALifeline()
    {
        await using var process = Start("echo ready; cat; echo end", lifeline: true);

        var ended = await Task.WhenAny(process.Exited, Task.Delay(300, TestContext.Current.CancellationToken));

        Assert.NotSame(process.Exited, ended);
    }

    [Fact]
    public async Task TakeTheirForkedTreeWithThemAlsoWhereItLeftTheSession()
    {
        await using var process = Start("(setsid sleep 4711 >/dev/null 2>&1 &) ; sleep 4712 & sleep 4713 & echo up; wait");
        await Eventually(() => Lines(output).Length == 1 && Sleeping("4711") + Sleeping("4712") + Sleeping("4713") == 3);

        var end = await process.Kill();

        Assert.Equal("signal: killed", end.Describe());
        Assert.Equal(0, Sleeping("4711") + Sleeping("4712") + Sleeping("4713"));
    }

    [Fact]
    public async Task EndWithTheirLastWordsThoughADaemonHoldsTheirOutput()
    {
        await using var process = Start("(setsid sleep 4721 &); echo said");

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(["said"], Lines(output));
        Assert.Equal(0, Sleeping("4721"));
    }

    [Fact]
    public async Task AreKilledWhenTheirTimeIsOver()
    {
        await using var process = Start("sleep 4731");

        var (end, timedOut) = await process.Wait(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);

        Assert.True(timedOut);
        Assert.Equal(137, end.ExitCode);
        Assert.Equal(0, Sleeping("4731"));
    }

    [Fact]
    public async Task AreKilledWhenAChildTakesTooMuchMemory()
    {
        await using var process = Start("(head -c 300000000 /dev/zero | tail -c 299999999 | sleep 30); echo survived", memoryLimit: 64 << 20);

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.True(end.OutOfMemory);
        Assert.True(end.PeakMemoryBytes > 64 << 20);
        Assert.Empty(Lines(output));
    }

    [Fact]
    public async Task HandOverWhatTheyWroteBeforeADrain()
    {
        var file = Path.Join(directory, "written");
        await using var process = Start($"head -c 60000 /dev/zero; touch {file}; sleep 30");
        await Eventually(() => File.Exists(file));

        process.DrainOutput();

        Assert.Equal(60_000, output.Length);
    }

    [Fact]
    public async Task SayWhenTheProgramCannotBeExecuted()
    {
        await using var process = processes.Start(Command("/nowhere/to/be/found", []));

        var end = await process.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(127, end.ExitCode);
        Assert.Contains("/nowhere/to/be/found", Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfADeadEngineAreEndedByTheNextOne()
    {
        await using var process = Start("(setsid sleep 4741 >/dev/null 2>&1 &); exec sleep 4742");
        await Eventually(() => Sleeping("4741") + Sleeping("4742") == 2);
        await using var next = new HostProcesses(directory);
        await using var stranger = new HostProcesses(Path.GetTempPath());

        await stranger.ReapLeftovers(TestContext.Current.CancellationToken);
        var before = Sleeping("4741") + Sleeping("4742");
        await next.ReapLeftovers(TestContext.Current.CancellationToken);

        Assert.Equal(2, before);
        Assert.Equal(0, Sleeping("4741") + Sleeping("4742"));
    }

    private string[] Lines(MemoryStream stream)
    {
        lock (gate)
        {
            return Encoding.UTF8.GetString(stream.ToArray()).Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>Living processes that sleep so many seconds: each test has numbers of its own.</summary>
    private static int Sleeping(string seconds) =>
        ProcessTable.Read().Count(p => CommandLine(p.Pid) == $"sleep\0{seconds}\0");

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    private HostProcess Start(string script, bool lifeline = false, long? memoryLimit = null) =>
        processes.Start(Command("/bin/bash", ["-c", script]) with { Lifeline = lifeline, MemoryLimitBytes = memoryLimit });

    private HostCommand Command(string file, string[] arguments) => new()
    {
        File = file,
        Arguments = arguments,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["GREETING"] = "a b=c" },
        WorkingDirectory = directory,
        Output = bytes => Append(output, bytes),
        Error = bytes => Append(error, bytes),
    };

    private void Append(MemoryStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            stream.Write(bytes);
        }
    }
}
