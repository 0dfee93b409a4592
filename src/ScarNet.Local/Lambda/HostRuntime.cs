using ScarNet.Local.Processes;

namespace ScarNet.Local.Lambda;

/// <summary>A runtime as a process of the host.</summary>
internal sealed class HostRuntime(HostProcess process) : IRuntimeProcess
{
    public Task<RuntimeEnd> Exited { get; } = Describe(process);

    public long PeakMemoryBytes => process.PeakMemoryBytes;

    public void Begin()
    {
        process.ForgetPeak();
        process.Watched = true;
    }

    public Task End()
    {
        process.Watched = false; // it waits for work: its own memory is not an invocation's
        process.DrainOutput();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task<RuntimeEnd> Describe(HostProcess process)
    {
        var end = await process.Exited;
        return new RuntimeEnd(end.OutOfMemory ? "signal: killed" : end.Describe(), end.OutOfMemory);
    }
}
