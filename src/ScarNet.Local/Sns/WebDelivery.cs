using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Sns;

/// <summary>A message on its way to a web server.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">Such as <c>Notification</c>.</param>
/// <param name="MessageId">The message's id.</param>
/// <param name="Body">What is posted.</param>
/// <param name="Attempts">How often it was posted in vain.</param>
internal sealed record WebDelivery(long Id, string Kind, string MessageId, byte[] Body, int Attempts)
{
    public const string Notification = "Notification";
    public const string Confirmation = "SubscriptionConfirmation";

    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS sns_deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, kind TEXT NOT NULL, message_id TEXT NOT NULL, body BLOB NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, not_before_ms INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS sns_deliveries_by_subscription ON sns_deliveries (subscription, not_before_ms, id);
        """;

    /// <summary>Adds one inside the caller's write.</summary>
    public static void Add(SqliteConnection db, SubscriptionRecord subscription, string kind, string messageId, byte[] body, DateTimeOffset now) => db.Run(
        "INSERT INTO sns_deliveries (subscription, kind, message_id, body, not_before_ms) VALUES ($subscription, $kind, $id, $body, $now)",
        ("$subscription", subscription.Id),
        ("$kind", kind),
        ("$id", messageId),
        ("$body", body),
        ("$now", now.ToUnixTimeMilliseconds()));

    /// <summary>Those of a subscription that are due, oldest first.</summary>
    public static List<WebDelivery> Due(SqliteConnection db, string subscription, long nowMs, int most) => db.Rows(
        """
        SELECT id, kind, message_id, body, attempts FROM sns_deliveries
        WHERE subscription = $subscription AND not_before_ms <= $now ORDER BY not_before_ms, id LIMIT $most
        """,
        row => new WebDelivery(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), row.GetInt32(4)),
        ("$subscription", subscription),
        ("$now", nowMs),
        ("$most", most));

    /// <summary>When the next delivery of each subscription is due. It jumps from one to the next in the index, however many each has.</summary>
    public static List<(string Subscription, long DueMs)> Next(SqliteConnection db) => db.Rows(
        """
        WITH RECURSIVE lane(id) AS (
            SELECT min(subscription) FROM sns_deliveries
            UNION ALL
            SELECT (SELECT min(subscription) FROM sns_deliveries WHERE subscription > lane.id) FROM lane WHERE lane.id IS NOT NULL)
        SELECT id, (SELECT min(not_before_ms) FROM sns_deliveries WHERE subscription = lane.id) FROM lane WHERE id IS NOT NULL
        """,
        row => (row.GetString(0), row.GetInt64(1)));

    public static void Remove(SqliteConnection db, long id) => db.Run("DELETE FROM sns_deliveries WHERE id = $id", ("$id", id));

    /// <summary>Takes back what was asked of a web server and not taken yet.</summary>
    public static void RemoveConfirmations(SqliteConnection db, string subscription) => db.Run(
        $"DELETE FROM sns_deliveries WHERE subscription = $subscription AND kind = '{Confirmation}'", ("$subscription", subscription));

    public static void Retry(SqliteConnection db, long id, long atMs) => db.Run(
        "UPDATE sns_deliveries SET attempts = attempts + 1, not_before_ms = $at WHERE id = $id", ("$id", id), ("$at", atMs));
}
