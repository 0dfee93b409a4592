using System.Threading.Channels;
using ScarNet.Local.Access;

namespace ScarNet.Local.CloudFormation;

/// <summary>Takes change sets and deletions, and has them carried out one after another in the background.</summary>
/// <param name="store">Where stacks are kept.</param>
/// <param name="kinds">What becomes of each type, with the rights of a role; null stands for the engine's own keys.</param>
/// <param name="clock">For the times of events.</param>
/// <param name="placeOf">What a stack's pseudo parameters say.</param>
internal sealed class StackRunner(StackStore store, Func<RoleSession?, ResourceKinds> kinds, TimeProvider clock, Func<StackRecord, StackPlace> placeOf)
{
    /// <summary>Clients ask again only every 30 s: what is done within this is told with the call that asked for it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    /// <summary>What is taken before would pass for something that an earlier engine has left.</summary>
    private readonly TaskCompletionSource isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StackJournal journal = new(store, clock);
    private readonly Channel<Func<CancellationToken, Task>> work = Channel.CreateUnbounded<Func<CancellationToken, Task>>();

    /// <summary>Takes a change set; returns when that is written down.</summary>
    /// <param name="name">Name or id of the change set.</param>
    /// <param name="stackName">Name or id of its stack; null when the first is an id.</param>
    /// <param name="caller">The role that asks for it; null for the engine's own keys.</param>
    /// <param name="cancellation">Ends the wait; what is taken is carried out.</param>
    /// <exception cref="Http.ApiException">There is none, it was taken already, or something else is being done to its stack.</exception>
    public async Task Execute(string? name, string? stackName, RoleSession? caller, CancellationToken cancellation)
    {
        await isReady.Task.WaitAsync(cancellation);
        var (before, stack, set) = await store.Write(
            rows =>
            {
                var set = rows.ChangeSet(name, stackName);
                var before = rows.Get(set.StackId);
                if (set.Execution != "AVAILABLE")
                {
                    throw StackFault.NotExecutable(set);
                }

                var stack = Begun(rows, before, before.Status == "REVIEW_IN_PROGRESS" ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS", "updated");
                foreach (var other in rows.ChangeSets(stack.Id).Where(other => other.Execution == "AVAILABLE"))
                {
                    rows.Put(other with { Execution = other.Id == set.Id ? "EXECUTE_IN_PROGRESS" : "OBSOLETE" });
                }

                return (before, stack, set);
            },
            cancellation);
        await Begin(ct => Work(caller).Carry(stack, before, set, ct), cancellation);
    }

    /// <summary>Takes a stack away; one that is not there is gone already.</summary>
    /// <param name="name">Its name or id.</param>
    /// <param name="caller">The role that asks for it; null for the engine's own keys.</param>
    /// <param name="cancellation">Ends the wait; what is taken is carried out.</param>
    /// <exception cref="Http.ApiException">Something else is being done to it.</exception>
    public async Task Delete(string name, RoleSession? caller, CancellationToken cancellation)
    {
        await isReady.Task.WaitAsync(cancellation);
        var told = await store.Write(
            rows => rows.Find(name) is { IsGone: false } stack ? Begun(rows, stack, "DELETE_IN_PROGRESS", "deleted") : null,
            cancellation);
        if (told is not null)
        {
            await Begin(ct => Work(caller).Delete(told, ct), cancellation);
        }
    }

    /// <summary>The engine's loop.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        await journal.BreakOff(cancellation);
        isReady.TrySetResult();
        await foreach (var next in work.Reader.ReadAllAsync(cancellation))
        {
            await next(cancellation);
        }
    }

    private StackWork Work(RoleSession? caller) => new(journal, kinds(caller), clock, placeOf);

    private StackRecord Begun(StackRows rows, StackRecord stack, string status, string operation)
    {
        if (stack.IsBusy)
        {
            throw StackFault.Busy(stack.Id, stack.Status, operation);
        }

        var told = stack with { Status = status, Reason = "User Initiated" };
        rows.Put(told, StackEvent.Of(told, clock.GetUtcNow(), told.Reason));
        return told;
    }

    private async Task Begin(Func<CancellationToken, Task> next, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Writer.TryWrite(async ct =>
        {
            try
            {
                await next(ct);
            }
            finally
            {
                done.SetResult();
            }
        });
        await Task.WhenAny(done.Task, Task.Delay(patience, cancellation));
    }
}
