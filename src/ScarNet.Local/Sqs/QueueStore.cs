using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sqs;

/// <summary>Queues and their messages in the database.</summary>
internal static class QueueStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS sqs_queues (
            name TEXT NOT NULL PRIMARY KEY, attributes TEXT NOT NULL, tags TEXT NOT NULL, created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sqs_messages (
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL,
            sent_ms INTEGER NOT NULL, visible_ms INTEGER NOT NULL, received INTEGER NOT NULL DEFAULT 0, first_received_ms INTEGER, receipt TEXT);
        CREATE INDEX IF NOT EXISTS sqs_messages_by_queue ON sqs_messages (queue, visible_ms, id);
        CREATE INDEX IF NOT EXISTS sqs_messages_by_age ON sqs_messages (queue, sent_ms);
        CREATE INDEX IF NOT EXISTS sqs_messages_by_tries ON sqs_messages (queue, received) WHERE received > 0;
        CREATE UNIQUE INDEX IF NOT EXISTS sqs_messages_by_receipt ON sqs_messages (receipt) WHERE receipt IS NOT NULL;
        """;

    private const string Columns = "name, attributes, tags, created_ms, modified_ms";
    private const string MessageColumns = "id, message_id, body, attributes, sent_ms, received, first_received_ms, receipt";

    public static QueueRecord? Find(SqliteConnection db, string name) =>
        db.Rows($"SELECT {Columns} FROM sqs_queues WHERE name = $name", Queue, ("$name", name)).SingleOrDefault();

    /// <summary>By name, those behind a name.</summary>
    public static List<QueueRecord> List(SqliteConnection db, string prefix, string after, long most) => db.Rows(
        $"SELECT {Columns} FROM sqs_queues WHERE substr(name, 1, length($prefix)) = $prefix AND name > $after ORDER BY name LIMIT $most",
        Queue,
        ("$prefix", prefix),
        ("$after", after),
        ("$most", most));

    public static void Put(SqliteConnection db, QueueRecord queue) => db.Run(
        $"INSERT OR REPLACE INTO sqs_queues ({Columns}) VALUES ($name, $attributes, $tags, $created, $modified)",
        ("$name", queue.Name),
        ("$attributes", JsonOutput.Text(JsonOutput.Map(queue.Attributes))),
        ("$tags", JsonOutput.Text(JsonOutput.Map(queue.Tags))),
        ("$created", queue.CreatedMs),
        ("$modified", queue.ModifiedMs));

    public static void Delete(SqliteConnection db, string name)
    {
        Purge(db, name);
        db.Run("DELETE FROM sqs_queues WHERE name = $name", ("$name", name));
    }

    public static void Purge(SqliteConnection db, string queue) => db.Run("DELETE FROM sqs_messages WHERE queue = $queue", ("$queue", queue));

    /// <summary>Adds a message inside the caller's write.</summary>
    /// <returns>Its id.</returns>
    public static string Send(SqliteConnection db, string queue, string body, JsonObject attributes, long nowMs, long delayMs)
    {
        var id = Guid.NewGuid().ToString();
        db.Run(
            "INSERT INTO sqs_messages (queue, message_id, body, attributes, sent_ms, visible_ms) VALUES ($queue, $id, $body, $attributes, $now, $visible)",
            ("$queue", queue),
            ("$id", id),
            ("$body", body),
            ("$attributes", JsonOutput.Text(attributes)),
            ("$now", nowMs),
            ("$visible", nowMs + delayMs));
        return id;
    }

    /// <summary>Whether there is a message that can be seen.</summary>
    public static bool HasVisible(SqliteConnection db, string queue, long nowMs, long keptSinceMs) => db.Number(
        "SELECT 1 FROM sqs_messages WHERE queue = $queue AND visible_ms <= $now AND sent_ms >= $since LIMIT 1",
        ("$queue", queue),
        ("$now", nowMs),
        ("$since", keptSinceMs)) is not null;

    /// <summary>The oldest messages that can be seen, which then cannot be for a while.</summary>
    public static List<QueueMessage> Receive(SqliteConnection db, string queue, int most, long nowMs, long keptSinceMs, long hiddenMs) => db.Rows(
        $"""
        UPDATE sqs_messages SET visible_ms = $until, received = received + 1, first_received_ms = coalesce(first_received_ms, $now), receipt = hex(randomblob(24))
        WHERE id IN (SELECT id FROM sqs_messages WHERE queue = $queue AND visible_ms <= $now AND sent_ms >= $since ORDER BY visible_ms, id LIMIT $most)
        RETURNING {MessageColumns}
        """,
        Message,
        ("$queue", queue),
        ("$now", nowMs),
        ("$since", keptSinceMs),
        ("$until", nowMs + hiddenMs),
        ("$most", most));

    /// <summary>Messages that were received as often as they may be go to another queue.</summary>
    public static void Redrive(SqliteConnection db, string queue, int mostReceived, string to, long nowMs, long keptSinceMs) => db.Run(
        """
        UPDATE sqs_messages SET queue = $to, received = 0, first_received_ms = NULL, receipt = NULL
        WHERE queue = $queue AND received >= $most AND received > 0 AND visible_ms <= $now AND sent_ms >= $since
        """,
        ("$queue", queue),
        ("$to", to),
        ("$now", nowMs),
        ("$since", keptSinceMs),
        ("$most", mostReceived));

    /// <summary>Whether there are messages that are older than the queue keeps them.</summary>
    public static bool HasExpired(SqliteConnection db, string queue, long keptSinceMs) => db.Number(
        "SELECT 1 FROM sqs_messages WHERE queue = $queue AND sent_ms < $since LIMIT 1", ("$queue", queue), ("$since", keptSinceMs)) is not null;

    /// <summary>Deletes some of them.</summary>
    public static void Expire(SqliteConnection db, string queue, long keptSinceMs, int most) => db.Run(
        "DELETE FROM sqs_messages WHERE id IN (SELECT id FROM sqs_messages WHERE queue = $queue AND sent_ms < $since LIMIT $most)",
        ("$queue", queue),
        ("$since", keptSinceMs),
        ("$most", most));

    /// <summary>When the next message can be seen that cannot be yet; null when there is none.</summary>
    public static long? NextVisibleMs(SqliteConnection db, string queue) =>
        db.Number("SELECT min(visible_ms) FROM sqs_messages WHERE queue = $queue", ("$queue", queue));

    public static bool DeleteMessage(SqliteConnection db, string queue, string receipt) =>
        db.Run("DELETE FROM sqs_messages WHERE queue = $queue AND receipt = $receipt", ("$queue", queue), ("$receipt", receipt)) > 0;

    public static bool Hide(SqliteConnection db, string queue, string receipt, long untilMs) => db.Run(
        "UPDATE sqs_messages SET visible_ms = $until WHERE queue = $queue AND receipt = $receipt", ("$queue", queue), ("$receipt", receipt), ("$until", untilMs)) > 0;

    /// <summary>Messages that can be seen, that somebody has received, and that are delayed.</summary>
    public static (long Visible, long Hidden, long Delayed) Counts(SqliteConnection db, string queue, long nowMs, long keptSinceMs) => db.Rows(
        """
        SELECT count(*) FILTER (WHERE visible_ms <= $now), count(*) FILTER (WHERE visible_ms > $now AND received > 0),
               count(*) FILTER (WHERE visible_ms > $now AND received = 0)
        FROM sqs_messages WHERE queue = $queue AND sent_ms >= $since
        """,
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        ("$queue", queue),
        ("$now", nowMs),
        ("$since", keptSinceMs))[0];

    private static QueueRecord Queue(SqliteDataReader row) =>
        new(row.GetString(0), TextMap.Read(row.GetString(1)), TextMap.Read(row.GetString(2)), row.GetInt64(3), row.GetInt64(4));

    private static QueueMessage Message(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        JsonNode.Parse(row.GetString(3))!.AsObject(),
        row.GetInt64(4),
        row.GetInt32(5),
        row.NumberOrNull(6) ?? 0,
        row.TextOrNull(7) ?? "");
}
