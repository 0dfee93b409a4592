using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Contents;

/// <summary>Rows of contents. Copies share one, so each counts who names it; the last one to let go removes it.</summary>
internal static class ContentRows
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_contents (
            id INTEGER PRIMARY KEY,
            refs INTEGER NOT NULL,
            size INTEGER NOT NULL,
            file TEXT,
            data BLOB
        );
        """;

    public static long Insert(SqliteConnection connection, Draft draft)
    {
        using var insert = connection.Prepare("INSERT INTO s3_contents (refs, size, file, data) VALUES (1, ?1, ?2, ?3) RETURNING id");
        insert.Bind(1, draft.Size).Bind(2, draft.File).Bind(3, draft.Data).Step();
        return insert.Number(0);
    }

    public static void AddReference(SqliteConnection connection, long id)
    {
        using var update = connection.Prepare("UPDATE s3_contents SET refs = refs + 1 WHERE id = ?1");
        update.Bind(1, id).Run();
    }

    /// <summary>Lets go of a content. A blob that nobody names any more is added to <paramref name="unnamed"/>, to be removed after the commit.</summary>
    public static void Release(SqliteConnection connection, long id, List<string> unnamed)
    {
        using var shared = connection.Prepare("UPDATE s3_contents SET refs = refs - 1 WHERE id = ?1 AND refs > 1 RETURNING refs");
        if (shared.Bind(1, id).Step())
        {
            return;
        }

        using var delete = connection.Prepare("DELETE FROM s3_contents WHERE id = ?1 RETURNING file");
        if (delete.Bind(1, id).Step() && delete.TextOrNull(0) is { } file)
        {
            unnamed.Add(file);
        }
    }

    /// <summary>Where a content is. Bytes that live in the database come along.</summary>
    public static ContentPart Describe(SqliteConnection connection, long id)
    {
        using var select = connection.Prepare("SELECT size, file, data FROM s3_contents WHERE id = ?1");
        return select.Bind(1, id).Step()
            ? new ContentPart(id, select.Number(0), select.IsNull(2) ? null : select.Bytes(2).ToArray(), select.TextOrNull(1))
            : throw new InvalidOperationException($"content {id} is named but not there");
    }

    /// <summary>Every blob that a row names.</summary>
    public static HashSet<string> Files(SqliteConnection connection)
    {
        using var select = connection.Prepare("SELECT file FROM s3_contents WHERE file IS NOT NULL");
        var files = new HashSet<string>();
        while (select.Step())
        {
            files.Add(select.Text(0));
        }

        return files;
    }
}
