using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Logs;

/// <summary>Deletes what has outlived its group's retention, and the events of deleted streams, in pieces that hold up nobody.</summary>
internal sealed class LogRetention(Database database, TimeProvider clock)
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
                await Console.Error.WriteLineAsync($"scarnet: engine: old log events cannot be deleted: {e.Message}; trying again in a minute");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Deletes all that is due now.</summary>
    public async Task Sweep(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        while (database.Read(db => HasWork(db, now)) && await database.Write(db => Piece(db, now), cancellation))
        {
            await Task.Yield();
        }
    }

    private static bool HasWork(SqliteConnection db, long nowMs) =>
        db.Number("SELECT 1 FROM log_streams_deleted LIMIT 1") is not null || Expired(db, nowMs, 1).Count > 0;

    private static List<long> Expired(SqliteConnection db, long nowMs, int most) => db.Rows(
        """
        SELECT e.id FROM log_groups g JOIN log_events e ON e.group_id = g.id
        WHERE g.retention_days IS NOT NULL AND e.time_ms < $now - g.retention_days * 86400000 LIMIT $most
        """,
        row => row.GetInt64(0),
        ("$now", nowMs), ("$most", most));

    private static bool Piece(SqliteConnection db, long nowMs)
    {
        var rows = Expired(db, nowMs, PieceRows);
        if (rows.Count == 0 && db.Number("SELECT stream_id FROM log_streams_deleted LIMIT 1") is { } stream)
        {
            rows = db.Rows(
                "SELECT id FROM log_events WHERE stream_id = $stream LIMIT $most",
                row => row.GetInt64(0),
                ("$stream", stream), ("$most", PieceRows));
            if (rows.Count < PieceRows)
            {
                db.Run("DELETE FROM log_streams_deleted WHERE stream_id = $stream", ("$stream", stream));
            }
        }
        else if (rows.Count == 0)
        {
            return false;
        }

        rows.ForEach(id => Delete(db, id));
        return true;
    }

    private static void Delete(SqliteConnection db, long id)
    {
        db.Run(
            """
            UPDATE log_groups SET stored_bytes = max(0, stored_bytes - (SELECT length(CAST(message AS BLOB)) FROM log_events WHERE id = $id))
            WHERE id = (SELECT group_id FROM log_events WHERE id = $id)
            """,
            ("$id", id));
        db.Run("DELETE FROM log_events WHERE id = $id", ("$id", id));
    }
}
