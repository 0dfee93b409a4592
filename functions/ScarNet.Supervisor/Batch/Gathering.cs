using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Batch;

/// <summary>Waits until it is known of every invocation of an event whether it is to be done, and then submits those that are.</summary>
/// <param name="expected">How many will join or leave.</param>
/// <param name="submit">Gives the job's id for each member.</param>
/// <param name="ended">The supervisor's own end.</param>
internal sealed class Gathering(
    int expected,
    Func<IReadOnlyList<Gathering.Member>, CancellationToken, Task<IReadOnlyDictionary<string, string>>> submit,
    CancellationToken ended)
{
    private readonly Lock gate = new();
    private readonly List<Member> members = [];
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> submitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int missing = expected;

    /// <summary>An invocation that is to be done.</summary>
    /// <param name="index">Its place in the event: the order of the array's children.</param>
    /// <param name="work">The invocation.</param>
    /// <param name="held">Its claim.</param>
    /// <returns>Id of the job, or of the array's child, that works on it.</returns>
    public async Task<string> Join(int index, Work work, HeldClaim held)
    {
        lock (gate)
        {
            members.Add(new(index, work, held));
        }

        Leave();
        return (await submitted.Task)[work.InvocationId];
    }

    /// <summary>One less to wait for.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref missing) == 0 && members.Count > 0)
        {
            _ = Submit();
        }
    }

    private async Task Submit()
    {
        try
        {
            // An object that the event names twice is worked on once.
            submitted.SetResult(await submit([.. members.OrderBy(member => member.Index).DistinctBy(member => member.Work.InvocationId)], ended));
        }
#pragma warning disable CA1031 // all who wait get it
        catch (Exception e)
#pragma warning restore CA1031
        {
            submitted.SetException(e);
        }
    }

    internal sealed record Member(int Index, Work Work, HeldClaim Held);
}
