using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Lambda;

/// <summary>What Lambda is doing, for the engine's status.</summary>
internal sealed class LambdaCounts(FunctionStore store, AsyncDispatcher dispatcher, SynchronousCalls calls)
{
    /// <summary>Grows whenever a synchronous invocation begins.</summary>
    public long SynchronousBegun => calls.Begun;

    public Dictionary<string, int> SynchronousRunning() => calls.Running();

    public IEnumerable<string> Functions() => store.All.Select(f => f.Name);

    /// <summary>
    /// Asynchronous invocations by function: those being worked on, and the others. Their sum is the queue's rows as this transaction
    /// sees them, whatever the dispatcher does meanwhile.
    /// </summary>
    public Dictionary<string, (int Pending, int Running)> Asynchronous(SqliteConnection db)
    {
        var working = dispatcher.Running();
        return AsyncQueue.Counts(db)
            .Select(row => (FunctionName.Parse(row.FunctionArn).Name, row.Count, Running: Math.Min(row.Count, working.GetValueOrDefault(row.FunctionArn))))
            .GroupBy(row => row.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (g.Sum(row => row.Count - row.Running), g.Sum(row => row.Running)), StringComparer.Ordinal);
    }
}
