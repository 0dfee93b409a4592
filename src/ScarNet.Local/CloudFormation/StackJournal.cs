using Microsoft.Data.Sqlite;

namespace ScarNet.Local.CloudFormation;

/// <summary>Writes down what happens to stacks, also while the engine stops. A full disk is waited for: what was made must not be forgotten.</summary>
internal sealed class StackJournal(StackStore store, TimeProvider clock)
{
    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1);

    /// <summary>What an engine that was stopped has left half done is failed.</summary>
    public Task BreakOff(CancellationToken cancellation) => Save(
        rows =>
        {
            foreach (var stack in rows.Stacks())
            {
                if (stack.IsBusy)
                {
                    var failed = stack with
                    {
                        Status = stack.Status.Replace("_IN_PROGRESS", "_FAILED", StringComparison.Ordinal).Replace("_CLEANUP", "", StringComparison.Ordinal),
                        Reason = "The engine was stopped while it was at it",
                    };
                    rows.Put(failed, StackEvent.Of(failed, clock.GetUtcNow(), failed.Reason));
                }

                foreach (var set in rows.ChangeSets(stack.Id).Where(set => set.Execution == "EXECUTE_IN_PROGRESS"))
                {
                    rows.Put(set with { Execution = "EXECUTE_FAILED" });
                }
            }
        },
        cancellation);

    public async Task<StackRecord> Tell(StackRecord stack, string status, string? reason, CancellationToken cancellation, ChangeSetRecord? set = null)
    {
        stack = stack with { Status = status, Reason = reason };
        await Save(
            rows =>
            {
                rows.Put(stack, StackEvent.Of(stack, clock.GetUtcNow(), reason));
                if (set is not null)
                {
                    rows.Put(set);
                }
            },
            cancellation);
        return stack;
    }

    public async Task<StackRecord> Tell(StackRecord stack, StackResource resource, string status, string? reason, CancellationToken cancellation)
    {
        resource = resource with { Status = status, Reason = reason, Time = clock.GetUtcNow() };
        stack = stack.With(resource);
        await Save(rows => rows.Put(stack, StackEvent.Of(resource)), cancellation);
        return stack;
    }

    /// <param name="change">Writes it.</param>
    /// <param name="cancellation">The engine's stop: then no more than one attempt is made.</param>
    public async Task Save(Action<StackRows> change, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await store.Write(
                    rows =>
                    {
                        change(rows);
                        return true;
                    },
                    CancellationToken.None);
                return;
            }
            catch (SqliteException e) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: the state of a stack cannot be written: {e.Message}; trying again");
                await Task.Delay(WritePause, clock, cancellation);
            }
        }
    }
}
