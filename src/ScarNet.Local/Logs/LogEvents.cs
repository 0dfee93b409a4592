using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Logs;

/// <summary>Writing and reading of log events. Events are ordered by time, and where that is equal by arrival.</summary>
internal static class LogEvents
{
    private const string Columns = "e.id, e.time_ms, e.ingested_ms, e.message, s.name";

    /// <summary>Appends events to one stream.</summary>
    public static void Append(SqliteConnection db, long group, long stream, IReadOnlyList<(long Ms, string Message)> events, long nowMs)
    {
        using var insert = db.Command(
            "INSERT INTO log_events (group_id, stream_id, time_ms, ingested_ms, message) VALUES ($group, $stream, $ms, $now, $message)",
            ("$group", group), ("$stream", stream), ("$ms", 0L), ("$now", nowMs), ("$message", ""));
        var bytes = 0L;
        foreach (var (ms, message) in events)
        {
            insert.Parameters["$ms"].Value = ms;
            insert.Parameters["$message"].Value = Sql.Whole(message);
            insert.ExecuteNonQuery();
            bytes += Encoding.UTF8.GetByteCount(message);
        }

        db.Run(
            """
            UPDATE log_streams SET ingested_ms = $now,
              first_ms = min(ifnull(first_ms, $first), $first), last_ms = max(ifnull(last_ms, $last), $last)
            WHERE id = $stream
            """,
            ("$now", nowMs), ("$first", events.Min(e => e.Ms)), ("$last", events.Max(e => e.Ms)), ("$stream", stream));
        db.Run("UPDATE log_groups SET stored_bytes = stored_bytes + $bytes WHERE id = $group", ("$bytes", bytes), ("$group", group));
    }

    /// <summary>Events of one stream on one side of a position, nearest first, read one by one until the caller has enough.</summary>
    public static IEnumerable<LogEvent> OfStream(SqliteConnection db, long stream, LogPosition from, bool forward, (long From, long To) time) => Each(db.Command(
        $"""
        SELECT {Columns} FROM log_events e JOIN log_streams s ON s.id = e.stream_id
        WHERE e.stream_id = $stream AND (e.time_ms, e.id) {(forward ? ">" : "<")} ($ms, $id)
          AND e.time_ms >= $from AND e.time_ms < $to
        ORDER BY e.time_ms {(forward ? "ASC" : "DESC")}, e.id {(forward ? "ASC" : "DESC")}
        """,
        ("$stream", stream), ("$ms", from.Ms), ("$id", from.Id), ("$from", time.From), ("$to", time.To)));

    /// <summary>Events of a group after a position, read one by one until the caller has enough.</summary>
    public static IEnumerable<LogEvent> OfGroup(
        SqliteConnection db, long group, LogPosition after, (long From, long To) time, string streamPrefix) => Each(db.Command(
        $"""
        SELECT {Columns} FROM log_events e JOIN log_streams s ON s.id = e.stream_id
        WHERE e.group_id = $group AND (e.time_ms, e.id) > ($ms, $id) AND e.time_ms >= $from AND e.time_ms < $to
          AND substr(s.name, 1, length($prefix)) = $prefix
        ORDER BY e.time_ms, e.id
        """,
        ("$group", group), ("$ms", after.Ms), ("$id", after.Id), ("$from", time.From), ("$to", time.To), ("$prefix", streamPrefix)));

    private static IEnumerable<LogEvent> Each(SqliteCommand command)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                yield return Read(reader);
            }
        }
    }

    private static LogEvent Read(SqliteDataReader row) =>
        new(new LogPosition(row.GetInt64(1), row.GetInt64(0)), row.GetInt64(2), row.GetString(3), row.GetString(4));
}

/// <summary>One event with its place in the order.</summary>
internal sealed record LogEvent(LogPosition Position, long IngestedMs, string Message, string Stream);
