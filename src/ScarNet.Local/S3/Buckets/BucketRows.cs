using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Notifications;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Buckets;

/// <summary>Rows of buckets. Thread-safe.</summary>
internal sealed class BucketRows
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_buckets (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            created_ms INTEGER NOT NULL,
            versioning INTEGER NOT NULL DEFAULT 0,
            notifications TEXT
        );
        CREATE TABLE IF NOT EXISTS s3_configurations (
            bucket INTEGER NOT NULL REFERENCES s3_buckets(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (bucket, kind)
        ) WITHOUT ROWID;
        """;

    private readonly ConcurrentDictionary<long, (string Text, NotificationConfiguration Parsed)> parsed = [];

    /// <exception cref="Http.ApiException">NoSuchBucket.</exception>
    public Bucket Get(SqliteConnection connection, string name) => Find(connection, name) ?? throw S3Errors.NoSuchBucket(name);

    public Bucket? Find(SqliteConnection connection, string name)
    {
        using var select = connection.Prepare("SELECT id, created_ms, versioning, notifications FROM s3_buckets WHERE name = ?1");
        return select.Bind(1, name).Step()
            ? new Bucket(
                select.Number(0),
                name,
                DateTimeOffset.FromUnixTimeMilliseconds(select.Number(1)),
                (Versioning)select.Number(2),
                Parse(select.Number(0), select.TextOrNull(3)))
            : null;
    }

    public static List<(string Name, DateTimeOffset Created)> List(SqliteConnection connection, string after, string prefix, int most)
    {
        using var select = connection.Prepare(
            "SELECT name, created_ms FROM s3_buckets WHERE name > ?1 AND substr(name, 1, length(?2)) = ?2 ORDER BY name LIMIT ?3");
        select.Bind(1, after).Bind(2, prefix).Bind(3, most);
        var buckets = new List<(string, DateTimeOffset)>();
        while (select.Step())
        {
            buckets.Add((select.Text(0), DateTimeOffset.FromUnixTimeMilliseconds(select.Number(1))));
        }

        return buckets;
    }

    public static void Insert(SqliteConnection connection, string name, DateTimeOffset now)
    {
        using var insert = connection.Prepare("INSERT INTO s3_buckets (name, created_ms) VALUES (?1, ?2)");
        insert.Bind(1, name).Bind(2, now.ToUnixTimeMilliseconds()).Run();
    }

    public static bool IsEmpty(SqliteConnection connection, Bucket bucket)
    {
        using var current = connection.Prepare("SELECT 1 FROM s3_objects WHERE bucket = ?1 AND current = 1 LIMIT 1");
        using var older = connection.Prepare("SELECT 1 FROM s3_objects WHERE bucket = ?1 AND current = 0 LIMIT 1");
        return !current.Bind(1, bucket.Id).Step() && !older.Bind(1, bucket.Id).Step();
    }

    public static void Delete(SqliteConnection connection, Bucket bucket)
    {
        using var delete = connection.Prepare("DELETE FROM s3_buckets WHERE id = ?1");
        delete.Bind(1, bucket.Id).Run();
    }

    public static void SetVersioning(SqliteConnection connection, Bucket bucket, Versioning versioning)
    {
        using var update = connection.Prepare("UPDATE s3_buckets SET versioning = ?2 WHERE id = ?1");
        update.Bind(1, bucket.Id).Bind(2, (long)versioning).Run();
    }

    public static void SetNotifications(SqliteConnection connection, Bucket bucket, NotificationConfiguration notifications)
    {
        using var update = connection.Prepare("UPDATE s3_buckets SET notifications = ?2 WHERE id = ?1");
        update.Bind(1, bucket.Id).Bind(2, notifications.IsEmpty ? null : NotificationXml.ToText(notifications)).Run();
    }

    public static string? Configuration(SqliteConnection connection, Bucket bucket, string kind)
    {
        using var select = connection.Prepare("SELECT document FROM s3_configurations WHERE bucket = ?1 AND kind = ?2");
        return select.Bind(1, bucket.Id).Bind(2, kind).Step() ? select.Text(0) : null;
    }

    /// <summary>Keeps a configuration's document; null removes it.</summary>
    public static void SetConfiguration(SqliteConnection connection, Bucket bucket, string kind, string? document)
    {
        using var change = connection.Prepare(document is null
            ? "DELETE FROM s3_configurations WHERE bucket = ?1 AND kind = ?2"
            : "INSERT OR REPLACE INTO s3_configurations (bucket, kind, document) VALUES (?1, ?2, ?3)");
        change.Bind(1, bucket.Id).Bind(2, kind);
        if (document is not null)
        {
            change.Bind(3, document);
        }

        change.Run();
    }

    /// <summary>The document is parsed once, not for every object.</summary>
    private NotificationConfiguration Parse(long bucket, string? text)
    {
        if (text is null)
        {
            return NotificationConfiguration.Empty;
        }

        if (!parsed.TryGetValue(bucket, out var known) || known.Text != text)
        {
            known = (text, NotificationXml.Parse(Xml.Parse(text)));
            parsed[bucket] = known;
        }

        return known.Parsed;
    }
}
