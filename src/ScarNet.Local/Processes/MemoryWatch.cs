using System.Collections.Concurrent;

namespace ScarNet.Local.Processes;

/// <summary>
/// Looks at the memory of running processes five times a second and ends those that hold more than they may. A process that takes and
/// frees memory between two looks is not caught: this keeps a script from taking the machine, it is no accounting.
/// </summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<int, HostProcess> processes = new();
    private readonly CancellationTokenSource stopped = new();
    private readonly Task loop;

    public MemoryWatch() => loop = Run(stopped.Token);

    public void Add(HostProcess process) => processes[process.Id] = process;

    public void Remove(HostProcess process) => processes.TryRemove(KeyValuePair.Create(process.Id, process));

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await loop;
        stopped.Dispose();
    }

    private async Task Run(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (processes.Values.Any(p => p.Watched))
                {
                    Look(ProcessTable.Read());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    private void Look(List<ProcessEntry> table)
    {
        foreach (var process in processes.Values.Where(p => p.Watched))
        {
            var members = ProcessTree.Members(table, process.Id, static _ => false);
            var bytes = members.Sum(p => p.ResidentBytes);
            if (process.MemoryLimitBytes < bytes)
            {
                // Forked processes share pages, which count once only: this is exact, but too dear for every look.
                bytes = members.Sum(p => ProcessTable.ProportionalBytes(p.Pid) ?? p.ResidentBytes);
            }

            process.Saw(bytes);
            if (process.MemoryLimitBytes < bytes)
            {
                process.Exceeded(members);
            }
        }
    }
}
