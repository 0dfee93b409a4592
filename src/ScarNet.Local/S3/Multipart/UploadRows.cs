using System.Text;
using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Checksums;
using ScarNet.Local.S3.Contents;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Multipart;

/// <summary>Rows of multipart uploads and their parts.</summary>
internal static class UploadRows
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS s3_uploads (
            id TEXT PRIMARY KEY,
            bucket INTEGER NOT NULL,
            key BLOB NOT NULL,
            initiated_ms INTEGER NOT NULL,
            headers TEXT NOT NULL,
            tags TEXT,
            algorithm TEXT,
            composite INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS s3_uploads_key ON s3_uploads (bucket, key, initiated_ms, id);
        CREATE TABLE IF NOT EXISTS s3_upload_parts (
            upload TEXT NOT NULL,
            number INTEGER NOT NULL,
            size INTEGER NOT NULL,
            etag TEXT NOT NULL,
            modified_ms INTEGER NOT NULL,
            content INTEGER NOT NULL,
            checksum TEXT,
            PRIMARY KEY (upload, number)
        ) WITHOUT ROWID;
        """;

    private const string Columns = "id, key, initiated_ms, headers, tags, algorithm, composite";

    public static void Insert(SqliteConnection connection, Bucket bucket, Upload upload)
    {
        using var insert = connection.Prepare($"INSERT INTO s3_uploads ({Columns}, bucket) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        insert.Bind(1, upload.Id).Bind(2, Encoding.UTF8.GetBytes(upload.Key)).Bind(3, upload.Initiated.ToUnixTimeMilliseconds())
            .Bind(4, upload.Headers).Bind(5, upload.Tags).Bind(6, upload.Algorithm?.ToString()).Bind(7, upload.Composite ? 1 : 0)
            .Bind(8, bucket.Id).Run();
    }

    /// <exception cref="Http.ApiException">NoSuchUpload.</exception>
    public static Upload Get(SqliteConnection connection, Bucket bucket, string key, string id)
    {
        using var select = connection.Prepare($"SELECT {Columns} FROM s3_uploads WHERE id = ?1 AND bucket = ?2 AND key = ?3");
        select.Bind(1, id).Bind(2, bucket.Id).Bind(3, Encoding.UTF8.GetBytes(key));
        return select.Step() ? Read(select) : throw S3Errors.NoSuchUpload(id);
    }

    /// <summary>Uploads of a bucket by key, then by age.</summary>
    public static IEnumerable<Upload> List(SqliteConnection connection, Bucket bucket, byte[] from)
    {
        using var select = connection.Prepare(
            $"SELECT {Columns} FROM s3_uploads WHERE bucket = ?1 AND key >= ?2 ORDER BY key, initiated_ms, id");
        select.Bind(1, bucket.Id).Bind(2, from);
        while (select.Step())
        {
            yield return Read(select);
        }
    }

    /// <summary>Stores a part; one of the same number is replaced.</summary>
    public static void PutPart(SqliteConnection connection, string upload, UploadPart part, List<string> unnamed)
    {
        using var previous = connection.Prepare("SELECT content FROM s3_upload_parts WHERE upload = ?1 AND number = ?2");
        if (previous.Bind(1, upload).Bind(2, part.Number).Step())
        {
            ContentRows.Release(connection, previous.Number(0), unnamed);
        }

        using var insert = connection.Prepare("""
            INSERT OR REPLACE INTO s3_upload_parts (upload, number, size, etag, modified_ms, content, checksum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
        insert.Bind(1, upload).Bind(2, part.Number).Bind(3, part.Size).Bind(4, part.ETag)
            .Bind(5, part.Modified.ToUnixTimeMilliseconds()).Bind(6, part.Content).Bind(7, part.Checksum?.ToText()).Run();
    }

    public static List<UploadPart> Parts(SqliteConnection connection, string upload, int after = 0, int most = 10_000)
    {
        using var select = connection.Prepare("""
            SELECT number, size, etag, modified_ms, content, checksum FROM s3_upload_parts
            WHERE upload = ?1 AND number > ?2 ORDER BY number LIMIT ?3
            """);
        select.Bind(1, upload).Bind(2, after).Bind(3, most);
        var parts = new List<UploadPart>();
        while (select.Step())
        {
            parts.Add(new UploadPart(
                (int)select.Number(0),
                select.Number(1),
                select.Text(2),
                DateTimeOffset.FromUnixTimeMilliseconds(select.Number(3)),
                select.Number(4),
                Checksum.FromText(select.TextOrNull(5))));
        }

        return parts;
    }

    /// <summary>Removes an upload and lets go of the parts that no object took over.</summary>
    public static void Delete(SqliteConnection connection, string upload, Func<UploadPart, bool> taken, List<string> unnamed)
    {
        foreach (var part in Parts(connection, upload).Where(part => !taken(part)))
        {
            ContentRows.Release(connection, part.Content, unnamed);
        }

        using var deleteParts = connection.Prepare("DELETE FROM s3_upload_parts WHERE upload = ?1");
        deleteParts.Bind(1, upload).Run();
        using var delete = connection.Prepare("DELETE FROM s3_uploads WHERE id = ?1");
        delete.Bind(1, upload).Run();
    }

    private static Upload Read(Statement select) => new(
        select.Text(0),
        Encoding.UTF8.GetString(select.Bytes(1)),
        DateTimeOffset.FromUnixTimeMilliseconds(select.Number(2)),
        select.Text(3),
        select.TextOrNull(4),
        ChecksumClaim.Parse(select.TextOrNull(5)),
        select.Number(6) != 0);
}
