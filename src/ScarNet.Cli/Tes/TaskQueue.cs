using System.Collections.Concurrent;
using ScarNet.Core.Tasks;

namespace ScarNet.Cli.Tes;

/// <summary>Carries out tasks in the order they came, each by a supervisor of its own, so many at once and no more.</summary>
/// <param name="supervisor">The binary.</param>
/// <param name="environment">Over this process's own.</param>
/// <param name="allowFiles">Whether tasks may use files of this machine.</param>
/// <param name="atOnce">How many.</param>
internal sealed class TaskQueue(string supervisor, IReadOnlyDictionary<string, string> environment, bool allowFiles, int atOnce) : IAsyncDisposable
{
    private readonly SemaphoreSlim places = new(atOnce);
    private readonly CancellationTokenSource closed = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> all = [];

    public void Add(StoredTask task)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        running[task.Id] = cancel;
        all.Add(Run(task, cancel));
    }

    /// <summary>Ends a task; one that has ended is left alone.</summary>
    public async Task Cancel(StoredTask task)
    {
        if (running.TryGetValue(task.Id, out var cancel))
        {
            task.Known = TesState.Canceling;
            try
            {
                await cancel.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await Task.WhenAll(all);
        closed.Dispose();
        places.Dispose();
    }

    private async Task Run(StoredTask task, CancellationTokenSource cancel)
    {
        try
        {
            await places.WaitAsync(cancel.Token);
        }
        catch (OperationCanceledException)
        {
            // A server that ends leaves it to the next one.
            if (!closed.IsCancellationRequested || task.Known == TesState.Canceling)
            {
                End(task, cancel, TesState.Canceled, "it was canceled before it began");
            }

            return;
        }

        try
        {
            task.Known = cancel.IsCancellationRequested ? TesState.Canceling : null;
            string[] arguments = ["task", task.TaskFile, "--id", task.Id, "--created", $"{task.Created:O}", "--log", task.LogFile, .. allowFiles ? (string[])[] : ["--no-files"]];
            await using var child = TaskChild.Start(supervisor, arguments, environment, readsInput: false, quiet: true);
            var exitCode = await child.Wait(cancel.Token);
            End(task, cancel, cancel.IsCancellationRequested ? TesState.Canceled : TesState.SystemError, $"the supervisor ended with {exitCode} and no word");
        }
        catch (Exception e)
        {
            End(task, cancel, TesState.SystemError, e.Message);
        }
        finally
        {
            places.Release();
        }
    }

    // What the log says, if it says how the task ended, wins over this.
    private void End(StoredTask task, CancellationTokenSource cancel, TesState state, string reason)
    {
        task.End(state, reason);
        running.TryRemove(task.Id, out _);
        cancel.Dispose();
    }
}
