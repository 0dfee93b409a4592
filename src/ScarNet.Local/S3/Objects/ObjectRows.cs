using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Objects;

/// <summary>
/// Rows of objects. Keys are BLOBs: they sort by their bytes, as S3 lists them. The current version of each key has its own index, so
/// that old versions cost the others nothing.
/// </summary>
internal static class ObjectRows
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_objects (
            id INTEGER PRIMARY KEY,
            bucket INTEGER NOT NULL,
            key BLOB NOT NULL,
            version TEXT NOT NULL,
            current INTEGER NOT NULL,
            marker INTEGER NOT NULL,
            size INTEGER NOT NULL,
            etag TEXT NOT NULL,
            modified_ms INTEGER NOT NULL,
            headers TEXT NOT NULL,
            tags TEXT,
            checksum TEXT,
            content INTEGER,
            parts INTEGER NOT NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS s3_objects_current ON s3_objects (bucket, key) WHERE current = 1;
        CREATE INDEX IF NOT EXISTS s3_objects_older ON s3_objects (bucket, key, id DESC) WHERE current = 0;
        CREATE TABLE IF NOT EXISTS s3_parts (
            object INTEGER NOT NULL,
            number INTEGER NOT NULL,
            size INTEGER NOT NULL,
            content INTEGER NOT NULL,
            checksum TEXT,
            PRIMARY KEY (object, number)
        ) WITHOUT ROWID;
        """;

    /// <summary>What <see cref="Read"/> expects, from column 0 on.</summary>
    public const string Columns = "id, key, version, current, marker, size, etag, modified_ms, headers, tags, checksum, content, parts";

    private const string SelectCurrent = $"SELECT {Columns} FROM s3_objects WHERE bucket = ?1 AND key = ?2 AND current = 1";
    private const string SelectOlder = $"SELECT {Columns} FROM s3_objects WHERE bucket = ?1 AND key = ?2 AND current = 0 AND version = ?3";

    /// <summary>The current version of a key, which may be a delete marker.</summary>
    public static ObjectRow? Current(SqliteConnection connection, Bucket bucket, string key)
    {
        using var select = connection.Prepare(SelectCurrent);
        return select.Bind(1, bucket.Id).Bind(2, Encoding.UTF8.GetBytes(key)).Step() ? Read(select) : null;
    }

    public static ObjectRow? Version(SqliteConnection connection, Bucket bucket, string key, string version)
    {
        if (Current(connection, bucket, key) is { } current && current.Version == version)
        {
            return current;
        }

        using var select = connection.Prepare(SelectOlder);
        return select.Bind(1, bucket.Id).Bind(2, Encoding.UTF8.GetBytes(key)).Bind(3, version).Step() ? Read(select) : null;
    }

    public static long Insert(SqliteConnection connection, Bucket bucket, NewObject created, string version, DateTimeOffset now)
    {
        using var insert = connection.Prepare("""
            INSERT INTO s3_objects (bucket, key, version, current, marker, size, etag, modified_ms, headers, tags, checksum, content, parts)
            VALUES (?1, ?2, ?3, 1, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id
            """);
        insert.Bind(1, bucket.Id).Bind(2, Encoding.UTF8.GetBytes(created.Key)).Bind(3, version).Bind(4, created.Size)
            .Bind(5, created.ETag).Bind(6, now.ToUnixTimeMilliseconds()).Bind(7, created.Headers).Bind(8, created.Tags)
            .Bind(9, created.Checksum?.ToText()).Bind(10, created.Content).Bind(11, created.Parts.Count).Step();
        var id = insert.Number(0);
        foreach (var part in created.Parts)
        {
            using var insertPart = connection.Prepare("INSERT INTO s3_parts (object, number, size, content, checksum) VALUES (?1, ?2, ?3, ?4, ?5)");
            insertPart.Bind(1, id).Bind(2, part.Number).Bind(3, part.Size).Bind(4, part.Content).Bind(5, part.Checksum?.ToText()).Run();
        }

        return id;
    }

    public static void InsertMarker(SqliteConnection connection, Bucket bucket, string key, string version, DateTimeOffset now)
    {
        using var insert = connection.Prepare("""
            INSERT INTO s3_objects (bucket, key, version, current, marker, size, etag, modified_ms, headers, parts)
            VALUES (?1, ?2, ?3, 1, 1, 0, '', ?4, '', 0)
            """);
        insert.Bind(1, bucket.Id).Bind(2, Encoding.UTF8.GetBytes(key)).Bind(3, version).Bind(4, now.ToUnixTimeMilliseconds()).Run();
    }

    /// <summary>Makes the current version an older one.</summary>
    public static void Retire(SqliteConnection connection, ObjectRow current)
    {
        using var update = connection.Prepare("UPDATE s3_objects SET current = 0 WHERE id = ?1");
        update.Bind(1, current.Id).Run();
    }

    /// <summary>Makes the newest of the older versions the current one.</summary>
    public static void Promote(SqliteConnection connection, Bucket bucket, string key)
    {
        using var update = connection.Prepare("""
            UPDATE s3_objects SET current = 1
            WHERE id = (SELECT id FROM s3_objects WHERE bucket = ?1 AND key = ?2 AND current = 0 ORDER BY id DESC LIMIT 1)
            """);
        update.Bind(1, bucket.Id).Bind(2, Encoding.UTF8.GetBytes(key)).Run();
    }

    /// <summary>Removes a row and lets go of its content.</summary>
    public static void Delete(SqliteConnection connection, ObjectRow row, List<string> unnamed)
    {
        if (row.Content is { } content)
        {
            ContentRows.Release(connection, content, unnamed);
        }

        if (row.Parts > 0)
        {
            Parts(connection, row).ForEach(part => ContentRows.Release(connection, part.Content, unnamed));
            using var deleteParts = connection.Prepare("DELETE FROM s3_parts WHERE object = ?1");
            deleteParts.Bind(1, row.Id).Run();
        }

        using var delete = connection.Prepare("DELETE FROM s3_objects WHERE id = ?1");
        delete.Bind(1, row.Id).Run();
    }

    public static List<ObjectPart> Parts(SqliteConnection connection, ObjectRow row)
    {
        using var select = connection.Prepare("SELECT number, size, content, checksum FROM s3_parts WHERE object = ?1 ORDER BY number");
        select.Bind(1, row.Id);
        var parts = new List<ObjectPart>(row.Parts);
        while (select.Step())
        {
            parts.Add(new ObjectPart((int)select.Number(0), select.Number(1), select.Number(2), Checksum.FromText(select.TextOrNull(3))));
        }

        return parts;
    }

    public static void SetTags(SqliteConnection connection, ObjectRow row, string? tags)
    {
        using var update = connection.Prepare("UPDATE s3_objects SET tags = ?2 WHERE id = ?1");
        update.Bind(1, row.Id).Bind(2, tags).Run();
    }

    /// <summary>The row a statement stands on, whose columns begin with <see cref="Columns"/>.</summary>
    public static ObjectRow Read(Statement select) => new()
    {
        Id = select.Number(0),
        Key = Encoding.UTF8.GetString(select.Bytes(1)),
        Version = select.Text(2),
        IsCurrent = select.Number(3) != 0,
        IsMarker = select.Number(4) != 0,
        Size = select.Number(5),
        ETag = select.Text(6),
        Modified = DateTimeOffset.FromUnixTimeMilliseconds(select.Number(7)),
        Headers = select.Text(8),
        Tags = select.TextOrNull(9),
        Checksum = Checksum.FromText(select.TextOrNull(10)),
        Content = select.IsNull(11) ? null : select.Number(11),
        Parts = (int)select.Number(12),
    };
}
