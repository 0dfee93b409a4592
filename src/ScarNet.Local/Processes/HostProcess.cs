using System.Diagnostics;
using System.IO.Pipes;

namespace ScarNet.Local.Processes;

/// <summary>A running program with all that it has started. Disposing kills what is left of it.</summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly OutputPump pump;
    private readonly MemoryWatch memory;
    private readonly byte[] mark;
    private readonly bool outlivesMemory;
    private long peakBytes;
    private int ended;

    internal HostProcess(Process process, HostCommand command, string mark, MemoryWatch memory)
    {
        this.process = process;
        this.mark = ProcessTree.Mark(mark);
        this.memory = memory;
        Id = process.Id;
        MemoryLimitBytes = command.MemoryLimitBytes;
        outlivesMemory = command.OutlivesMemory;
        pump = new OutputPump(Pipe(process.StandardOutput), Pipe(process.StandardError), command);
        pump.Start();
        memory.Add(this);
        Exited = WaitForEnd();
    }

    /// <summary>Its process id, which is its group's and session's too.</summary>
    public int Id { get; }

    /// <summary>Ends when the process has, everything it started is gone and all output was taken. Fails when a sink failed.</summary>
    public Task<ProcessEnd> Exited { get; }

    public bool HasExited => ended != 0;

    /// <summary>Most resident memory of the tree that was seen since the start or the last <see cref="ForgetPeak"/>.</summary>
    public long PeakMemoryBytes => Math.Max(Interlocked.Read(ref peakBytes), ended != 0 ? 0 : ProcessTable.PeakBytes(Id) ?? 0);

    /// <summary>Whether its memory is being watched. One that only waits for work need not be.</summary>
    public bool Watched { get; set; } = true;

    internal long? MemoryLimitBytes { get; }

    internal bool OutOfMemory { get; private set; }

    /// <summary>Returns when all that it wrote before the call has reached the sinks.</summary>
    public void DrainOutput() => pump.Drain();

    public void ForgetPeak() => Interlocked.Exchange(ref peakBytes, 0);

    /// <summary>Sends SIGTERM to its process group; it may take its time.</summary>
    public void Terminate()
    {
        if (ended == 0)
        {
            Libc.Signal(-Id, Libc.SigTerm);
        }
    }

    /// <summary>Kills the whole tree and waits for its end.</summary>
    public async Task<ProcessEnd> Kill()
    {
        if (ended == 0)
        {
            await KillTree();
        }

        return await Exited;
    }

    /// <summary>Waits for the end; when that takes longer than the limit, kills the tree.</summary>
    /// <returns>The end, and whether it had to be killed for its time.</returns>
    public async Task<(ProcessEnd End, bool TimedOut)> Wait(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return (await Exited.WaitAsync(limit, cancellation), false);
        }
        catch (TimeoutException)
        {
            return (await Kill(), true);
        }
        catch (OperationCanceledException)
        {
            await Kill();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Kill();
        }
        finally
        {
            process.Dispose();
        }
    }

    internal void Saw(long residentBytes)
    {
        var peak = Interlocked.Read(ref peakBytes);
        if (residentBytes > peak)
        {
            Interlocked.CompareExchange(ref peakBytes, residentBytes, peak);
        }
    }

    /// <summary>Ends it, or the largest of what it has started, for passing its memory limit.</summary>
    /// <param name="members">Its tree.</param>
    internal void Exceeded(IReadOnlyList<ProcessEntry> members)
    {
        OutOfMemory = true;
        if (outlivesMemory && members.Where(member => member.Pid != Id).MaxBy(member => member.ResidentBytes) is { } largest)
        {
            Libc.Signal(largest.Pid, Libc.SigKill);
            return;
        }

        _ = Kill().ContinueWith(_ => { }, TaskScheduler.Default); // whoever waits for Exited sees how that went
    }

    private Task<bool> KillTree() =>
        ProcessTree.Kill(Id, p => ProcessTable.EnvironmentHolds(p.Pid, mark), CancellationToken.None);

    private static Microsoft.Win32.SafeHandles.SafePipeHandle Pipe(StreamReader reader) =>
        ((PipeStream)reader.BaseStream).SafePipeHandle;

    private async Task<ProcessEnd> WaitForEnd()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        var exitCode = process.ExitCode;
        memory.Remove(this);
        Interlocked.Exchange(ref ended, 1);
        if (!await KillTree())
        {
            pump.Stop(); // one that even SIGKILL does not end at once may hold the pipes
        }

        await Task.WhenAny(pump.Completed, Task.Delay(OutputLimit));
        pump.Stop();
        await pump.Completed;
        return new ProcessEnd(exitCode, OutOfMemory, Interlocked.Read(ref peakBytes));
    }
}
