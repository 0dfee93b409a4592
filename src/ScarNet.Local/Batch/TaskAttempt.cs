using System.Collections.Concurrent;
using ScarNet.Containers;

namespace ScarNet.Local.Batch;

/// <summary>Starts one container of a task. What it writes goes to the stream that it names.</summary>
internal delegate Task<(IRunningAttempt Running, string Stream)> ContainerStart(TaskContainer container, CancellationToken cancellation);

/// <summary>
/// An attempt of several containers, each started when those before it are as far as it asks for. It ends with the first essential one,
/// or when one can never be started; the others are then ended.
/// </summary>
internal sealed class TaskAttempt : IRunningAttempt
{
    private readonly IReadOnlyList<TaskContainer> containers;
    private readonly ContainerStart start;
    private readonly Func<Task> cleanUp;
    private readonly ConcurrentDictionary<string, IRunningAttempt> running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource> started;
    private readonly Dictionary<string, TaskCompletionSource<ContainerExit>> ended;
    private readonly CancellationTokenSource stopped = new();
    private readonly ConcurrentDictionary<string, ContainerEnd> ends = new(StringComparer.Ordinal);
    private readonly List<Task> work;

    /// <param name="containers">Checked.</param>
    /// <param name="start">Starts one of them.</param>
    /// <param name="cleanUp">Removes what they shared.</param>
    public TaskAttempt(IReadOnlyList<TaskContainer> containers, ContainerStart start, Func<Task> cleanUp)
    {
        this.containers = containers;
        this.start = start;
        this.cleanUp = cleanUp;
        started = containers.ToDictionary(c => c.Name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        ended = containers.ToDictionary(c => c.Name, _ => new TaskCompletionSource<ContainerExit>(TaskCreationOptions.RunContinuationsAsynchronously));
        work = [.. containers.Select(Carry)];
        Exited = WaitForEnd();
    }

    public Task<ContainerExit> Exited { get; }

    /// <summary>What became of each, in their order.</summary>
    public IReadOnlyList<ContainerEnd> Ends => [.. containers.Select(c => ends.GetValueOrDefault(c.Name) ?? new(c.Name, null, null, null))];

    public async Task Terminate(CancellationToken cancellation)
    {
        await stopped.CancelAsync(); // nothing is started any more
        await Task.WhenAll(running.Values.Select(container => container.Terminate(cancellation)));
    }

    public Task Kill(CancellationToken cancellation) => Task.WhenAll(running.Values.Select(container => container.Kill(cancellation)));

    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await DisposeAll();
        await Settled();
        await DisposeAll(); // what was just being started
        await cleanUp();
        stopped.Dispose();
    }

    private async Task DisposeAll()
    {
        foreach (var name in running.Keys)
        {
            if (running.TryRemove(name, out var container))
            {
                await container.DisposeAsync();
            }
        }
    }

    // The end of the first essential container, else, when the task was told to end, of the last that ran.
    private async Task<ContainerExit> WaitForEnd()
    {
        var essential = containers.Where(c => c.Essential).Select(c => ended[c.Name].Task).ToList();
        var first = await Task.WhenAny([.. essential, .. work.Select(AllOrFailure)]);
        await stopped.CancelAsync();
        if (essential.Find(exit => exit.IsCompleted) is { } exit)
        {
            await Task.WhenAll(running.Values.Where(other => !other.Exited.IsCompleted).Select(other => other.Kill(CancellationToken.None)));
            await Settled();
            return await exit;
        }

        await first; // throws what kept a container from starting
        var last = Ends.LastOrDefault(end => end.ExitCode is not null);
        return new ContainerExit(last?.ExitCode ?? Core.Jobs.ExitCodes.Terminated, OutOfMemory: false);
    }

    // The ordinary end of one container is not the task's; what keeps one from starting is.
    private async Task AllOrFailure(Task carried)
    {
        try
        {
            await carried;
        }
        catch (OperationCanceledException)
        {
            // told to end before it was started
        }

        await Settled();
    }

    private Task Settled() => Task.WhenAll(
        work.Select(one => one.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));

    private async Task Carry(TaskContainer container)
    {
        await Task.Yield(); // 'work' has to be whole first
        foreach (var (other, condition) in container.After)
        {
            await Until(container.Name, other, condition);
        }

        stopped.Token.ThrowIfCancellationRequested();
        var (one, stream) = await start(container, stopped.Token);
        running[container.Name] = one;
        if (stopped.IsCancellationRequested)
        {
            await one.Kill(CancellationToken.None); // whoever ended the others may have been too early to see this one
        }

        started[container.Name].TrySetResult();
        var exit = await one.Exited;
        ends[container.Name] = new(container.Name, stream, exit.ExitCode, exit.OutOfMemory ? AttemptEnd.OutOfMemory : null);
        ended[container.Name].TrySetResult(exit);
    }

    private async Task Until(string name, string other, string condition)
    {
        if (condition == TaskContainer.Start)
        {
            await started[other].Task.WaitAsync(stopped.Token);
        }
        else if (await ended[other].Task.WaitAsync(stopped.Token) is { ExitCode: not 0 } exit && condition == TaskContainer.Success)
        {
            throw new ContainerException($"container '{name}' is not started: '{other}' was to succeed before, and ended with exit code {exit.ExitCode}");
        }
    }
}
