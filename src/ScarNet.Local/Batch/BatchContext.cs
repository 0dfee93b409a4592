using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>What the calls of Batch share.</summary>
internal sealed record BatchContext(Database Database, BatchNames Names, Scheduler Scheduler, TimeProvider Clock)
{
    public long NowMs => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Writes, and lets the scheduler look.</summary>
    public async Task<T> Write<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        var result = await Database.Write(work, cancellation);
        Scheduler.Wake();
        return result;
    }
}
