using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Logs;

/// <summary>Log groups, streams and events in the engine's database. Every method is one statement or two inside the caller's read or write.</summary>
internal static class LogStore
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS log_groups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created_ms INTEGER NOT NULL,
            retention_days INTEGER,
            tags TEXT NOT NULL DEFAULT '{}',
            stored_bytes INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE IF NOT EXISTS log_streams (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            first_ms INTEGER,
            last_ms INTEGER,
            ingested_ms INTEGER,
            UNIQUE (group_id, name)
        );
        CREATE TABLE IF NOT EXISTS log_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            group_id INTEGER NOT NULL,
            stream_id INTEGER NOT NULL,
            time_ms INTEGER NOT NULL,
            ingested_ms INTEGER NOT NULL,
            message TEXT NOT NULL
        );
        CREATE INDEX IF NOT EXISTS log_events_by_stream ON log_events (stream_id, time_ms, id);
        CREATE INDEX IF NOT EXISTS log_events_by_group ON log_events (group_id, time_ms, id);
        CREATE TABLE IF NOT EXISTS log_streams_deleted (stream_id INTEGER PRIMARY KEY);
        """;

    private const string GroupColumns = "id, name, created_ms, retention_days, tags, stored_bytes";
    private const string StreamColumns = "id, name, created_ms, first_ms, last_ms, ingested_ms";

    public static LogGroup? Group(SqliteConnection db, string name) =>
        db.Rows($"SELECT {GroupColumns} FROM log_groups WHERE name = $name", ReadGroup, ("$name", name)).FirstOrDefault();

    /// <summary>Groups after a name, in the order of names.</summary>
    public static List<LogGroup> Groups(SqliteConnection db, string prefix, string pattern, string after, int most) => db.Rows(
        $"""
        SELECT {GroupColumns} FROM log_groups
        WHERE substr(name, 1, length($prefix)) = $prefix AND instr(name, $pattern) > 0 AND name > $after
        ORDER BY name LIMIT $most
        """,
        ReadGroup,
        ("$prefix", prefix), ("$pattern", pattern), ("$after", after), ("$most", most));

    /// <returns>False when there is one of that name.</returns>
    public static bool AddGroup(SqliteConnection db, string name, string tags, long nowMs) => db.Run(
        "INSERT OR IGNORE INTO log_groups (name, created_ms, tags) VALUES ($name, $now, $tags)",
        ("$name", name), ("$now", nowMs), ("$tags", tags)) == 1;

    public static void SetRetention(SqliteConnection db, long group, long? days) =>
        db.Run("UPDATE log_groups SET retention_days = $days WHERE id = $id", ("$days", days), ("$id", group));

    public static void SetTags(SqliteConnection db, long group, string tags) =>
        db.Run("UPDATE log_groups SET tags = $tags WHERE id = $id", ("$tags", tags), ("$id", group));

    /// <summary>Takes a group away; its events are cleared later, in pieces, by <see cref="LogRetention"/>.</summary>
    public static void DeleteGroup(SqliteConnection db, long group)
    {
        db.Run("INSERT OR IGNORE INTO log_streams_deleted SELECT id FROM log_streams WHERE group_id = $id", ("$id", group));
        db.Run("DELETE FROM log_streams WHERE group_id = $id", ("$id", group));
        db.Run("DELETE FROM log_groups WHERE id = $id", ("$id", group));
    }

    public static LogStream? Stream(SqliteConnection db, long group, string name) => db.Rows(
        $"SELECT {StreamColumns} FROM log_streams WHERE group_id = $group AND name = $name",
        ReadStream,
        ("$group", group), ("$name", name)).FirstOrDefault();

    public static bool AddStream(SqliteConnection db, long group, string name, long nowMs) => db.Run(
        "INSERT OR IGNORE INTO log_streams (group_id, name, created_ms) VALUES ($group, $name, $now)",
        ("$group", group), ("$name", name), ("$now", nowMs)) == 1;

    public static void DeleteStream(SqliteConnection db, long stream)
    {
        db.Run("INSERT OR IGNORE INTO log_streams_deleted VALUES ($id)", ("$id", stream));
        db.Run("DELETE FROM log_streams WHERE id = $id", ("$id", stream));
    }

    /// <summary>Streams of a group in the order of their names.</summary>
    public static List<LogStream> StreamsByName(SqliteConnection db, long group, string prefix, string? after, bool descending, int most) =>
        db.Rows(
            $"""
            SELECT {StreamColumns} FROM log_streams
            WHERE group_id = $group AND substr(name, 1, length($prefix)) = $prefix
              AND ($after IS NULL OR {(descending ? "name < $after" : "name > $after")})
            ORDER BY name {(descending ? "DESC" : "ASC")} LIMIT $most
            """,
            ReadStream,
            ("$group", group), ("$prefix", prefix), ("$after", after), ("$most", most));

    /// <summary>Streams of a group in the order of their last events; those without one count as of time 0.</summary>
    public static List<LogStream> StreamsByTime(SqliteConnection db, long group, (long Ms, string Name)? after, bool descending, int most) =>
        db.Rows(
            $"""
            SELECT {StreamColumns} FROM log_streams
            WHERE group_id = $group
              AND ($name IS NULL OR (ifnull(last_ms, 0), name) {(descending ? "<" : ">")} ($ms, $name))
            ORDER BY ifnull(last_ms, 0) {(descending ? "DESC" : "ASC")}, name {(descending ? "DESC" : "ASC")} LIMIT $most
            """,
            ReadStream,
            ("$group", group), ("$ms", after?.Ms), ("$name", after?.Name), ("$most", most));

    private static LogGroup ReadGroup(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.NumberOrNull(3), row.GetString(4), row.GetInt64(5));

    private static LogStream ReadStream(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.NumberOrNull(3), row.NumberOrNull(4), row.NumberOrNull(5));
}

/// <param name="Id">Never used again after its deletion.</param>
/// <param name="Name">As the client gave it.</param>
/// <param name="CreatedMs">Unix milliseconds.</param>
/// <param name="RetentionDays">Null: events are kept for ever.</param>
/// <param name="Tags">A JSON object of strings.</param>
/// <param name="StoredBytes">UTF-8 length of its messages.</param>
internal sealed record LogGroup(long Id, string Name, long CreatedMs, long? RetentionDays, string Tags, long StoredBytes);

internal sealed record LogStream(long Id, string Name, long CreatedMs, long? FirstMs, long? LastMs, long? IngestedMs);
