using ScarNet.Containers;
using ScarNet.Local.Containers;
using ScarNet.Local.Processes;

namespace ScarNet.Local.Batch;

/// <summary>An attempt under way, as a container or as a process of this machine. Disposing ends it and what it has started.</summary>
internal interface IRunningAttempt : IAsyncDisposable
{
    /// <summary>Ends when it has and all its output was taken.</summary>
    Task<ContainerExit> Exited { get; }

    /// <summary>Asks it to end (SIGTERM).</summary>
    Task Terminate(CancellationToken cancellation);

    /// <summary>Ends it (SIGKILL).</summary>
    Task Kill(CancellationToken cancellation);
}

/// <param name="container">The job's container.</param>
/// <param name="removeOthers">Removes what it has started; null when it can start nothing.</param>
internal sealed class ContainerAttempt(RunningContainer container, Func<Task>? removeOthers) : IRunningAttempt
{
    public Task<ContainerExit> Exited => container.Exited;

    public Task Terminate(CancellationToken cancellation) => container.Signal("SIGTERM", cancellation);

    public Task Kill(CancellationToken cancellation) => container.Signal("SIGKILL", cancellation);

    public async ValueTask DisposeAsync()
    {
        await Cleanup.Try(() => container.DisposeAsync().AsTask());
        if (removeOthers is not null)
        {
            await Cleanup.Try(removeOthers);
        }
    }
}

/// <param name="process">The job's process.</param>
/// <param name="directory">Where it runs; goes with it.</param>
internal sealed class ProcessAttempt(HostProcess process, DirectoryInfo directory) : IRunningAttempt
{
    public Task<ContainerExit> Exited { get; } = Exit(process);

    public Task Terminate(CancellationToken cancellation)
    {
        process.Terminate();
        return Task.CompletedTask;
    }

    public Task Kill(CancellationToken cancellation) => process.Kill();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        DirectoryRemoval.Try(directory.FullName); // the engine's next start tries again
    }

    private static async Task<ContainerExit> Exit(HostProcess process)
    {
        var end = await process.Exited;
        return new ContainerExit(end.ExitCode, end.OutOfMemory);
    }
}
