using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Sns;

/// <summary>Topics and subscriptions in the database.</summary>
internal static class TopicStore
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS sns_topics (name TEXT NOT NULL PRIMARY KEY, attributes TEXT NOT NULL, tags TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sns_subscriptions (
            id TEXT NOT NULL PRIMARY KEY, topic TEXT NOT NULL, protocol TEXT NOT NULL, endpoint TEXT NOT NULL, attributes TEXT NOT NULL, token TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS sns_confirmed (token TEXT NOT NULL PRIMARY KEY, subscription TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS sns_subscriptions_by_topic ON sns_subscriptions (topic, id);
        """;

    private const string TopicColumns = "name, attributes, tags";
    private const string Columns = "id, topic, protocol, endpoint, attributes, token";

    public static TopicRecord? Find(SqliteConnection db, string name) =>
        db.Rows($"SELECT {TopicColumns} FROM sns_topics WHERE name = $name", Topic, ("$name", name)).SingleOrDefault();

    /// <summary>By name, those behind a name.</summary>
    public static List<TopicRecord> List(SqliteConnection db, string after, int most) => db.Rows(
        $"SELECT {TopicColumns} FROM sns_topics WHERE name > $after ORDER BY name LIMIT $most", Topic, ("$after", after), ("$most", most));

    public static void Put(SqliteConnection db, TopicRecord topic) => db.Run(
        $"INSERT OR REPLACE INTO sns_topics ({TopicColumns}) VALUES ($name, $attributes, $tags)",
        ("$name", topic.Name),
        ("$attributes", JsonOutput.Text(JsonOutput.Map(topic.Attributes))),
        ("$tags", JsonOutput.Text(JsonOutput.Map(topic.Tags))));

    /// <summary>With its subscriptions.</summary>
    public static void Delete(SqliteConnection db, string name)
    {
        db.Run("DELETE FROM sns_confirmed WHERE subscription IN (SELECT id FROM sns_subscriptions WHERE topic = $name)", ("$name", name));
        db.Run("DELETE FROM sns_subscriptions WHERE topic = $name", ("$name", name));
        db.Run("DELETE FROM sns_topics WHERE name = $name", ("$name", name));
    }

    public static SubscriptionRecord? Subscription(SqliteConnection db, string id) =>
        db.Rows($"SELECT {Columns} FROM sns_subscriptions WHERE id = $id", Subscription, ("$id", id)).SingleOrDefault();

    /// <summary>Of a token that confirms it, or has confirmed it.</summary>
    public static SubscriptionRecord? ByToken(SqliteConnection db, string token) => db.Rows(
        $"SELECT {Columns} FROM sns_subscriptions WHERE token = $token OR id = (SELECT subscription FROM sns_confirmed WHERE token = $token)",
        Subscription,
        ("$token", token)).SingleOrDefault();

    public static void Confirm(SqliteConnection db, SubscriptionRecord subscription)
    {
        if (subscription.Token is { } token)
        {
            Put(db, subscription with { Token = null });
            db.Run("INSERT INTO sns_confirmed (token, subscription) VALUES ($token, $id)", ("$token", token), ("$id", subscription.Id));
        }
    }

    /// <summary>Of one topic, or of all, those behind an id.</summary>
    public static List<SubscriptionRecord> Subscriptions(SqliteConnection db, string? topic, string after, int most) => db.Rows(
        $"SELECT {Columns} FROM sns_subscriptions WHERE ($topic IS NULL OR topic = $topic) AND id > $after ORDER BY id LIMIT $most",
        Subscription,
        ("$topic", topic),
        ("$after", after),
        ("$most", most));

    public static void Put(SqliteConnection db, SubscriptionRecord subscription) => db.Run(
        $"INSERT OR REPLACE INTO sns_subscriptions ({Columns}) VALUES ($id, $topic, $protocol, $endpoint, $attributes, $token)",
        ("$id", subscription.Id),
        ("$topic", subscription.Topic),
        ("$protocol", subscription.Protocol),
        ("$endpoint", subscription.Endpoint),
        ("$attributes", JsonOutput.Text(JsonOutput.Map(subscription.Attributes))),
        ("$token", subscription.Token));

    public static void Unsubscribe(SqliteConnection db, string id)
    {
        db.Run("DELETE FROM sns_confirmed WHERE subscription = $id", ("$id", id));
        db.Run("DELETE FROM sns_subscriptions WHERE id = $id", ("$id", id));
    }

    private static TopicRecord Topic(SqliteDataReader row) => new(row.GetString(0), TextMap.Read(row.GetString(1)), TextMap.Read(row.GetString(2)));

    private static SubscriptionRecord Subscription(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), TextMap.Read(row.GetString(4)), row.TextOrNull(5));
}
