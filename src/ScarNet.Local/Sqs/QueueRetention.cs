using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Sqs;

/// <summary>Deletes messages that are older than their queue keeps them, whether or not anybody reads it, in pieces that hold up nobody.</summary>
internal sealed class QueueRetention(Database database, TimeProvider clock)
{
    private const int PieceRows = 2000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Looks once a minute until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await Sweep(cancellation);
            }
            catch (SqliteException e) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: old messages of queues cannot be deleted: {e.Message}; trying again in a minute");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Deletes all that is due now.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        foreach (var queue in database.Read(db => QueueStore.List(db, "", "", long.MaxValue)))
        {
            var since = queue.KeptSinceMs(clock.GetUtcNow().ToUnixTimeMilliseconds());
            while (database.Read(db => QueueStore.HasExpired(db, queue.Name, since)))
            {
                await database.Write(db => QueueStore.Expire(db, queue.Name, since, PieceRows), cancellation);
            }
        }
    }
}
