using ScarNet.Containers;
using ScarNet.Local.Containers;
using ScarNet.Local.Logs;

namespace ScarNet.Local.Lambda;

/// <summary>A runtime in a container of its image.</summary>
internal sealed class ContainerRuntime(RunningContainer container, ContainerRuntimeOutput output) : IRuntimeProcess
{
    private const int KilledExitCode = 137;

    /// <summary>A timeout ends it, and then whoever owns it does.</summary>
    private readonly Lazy<Task> disposed = new(() => Cleanup.Try(() => container.DisposeAsync().AsTask()));

    public Task<RuntimeEnd> Exited { get; } = Describe(container);

    /// <summary>Docker's daemon knows; asking it at every event costs more than the number is worth.</summary>
    public long PeakMemoryBytes => 0;

    public void Begin()
    {
    }

    public Task End() => output.Quiet();

    public ValueTask DisposeAsync() => new(disposed.Value);

    private static async Task<RuntimeEnd> Describe(RunningContainer container)
    {
        try
        {
            var exit = await container.Exited;
            return new RuntimeEnd(exit.ExitCode == KilledExitCode ? "signal: killed" : $"exit status {exit.ExitCode}", exit.OutOfMemory);
        }
        catch (Exception e) when (Cleanup.IsOfDocker(e))
        {
            return new RuntimeEnd($"its container is out of reach: {e.Message}", OutOfMemory: false);
        }
    }
}

/// <summary>Takes a container's output to its sandbox's log.</summary>
internal sealed class ContainerRuntimeOutput(Sandbox sandbox, LogWriter logs)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private const int MostPauses = 10;

    private long taken;

    public ValueTask Take(ContainerChannel channel, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        logs.WaitForRoom();
        Interlocked.Add(ref taken, bytes.Length);
        if (channel == ContainerChannel.Error)
        {
            sandbox.Error(bytes.Span);
        }
        else
        {
            sandbox.Output(bytes.Span);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Docker does not tell whether more is on its way: waits until nothing has come for a moment.</summary>
    public async Task Quiet()
    {
        for (var i = 0; i < MostPauses; i++)
        {
            var before = Interlocked.Read(ref taken);
            await Task.Delay(Pause);
            if (before == Interlocked.Read(ref taken))
            {
                return;
            }
        }
    }
}
