using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Listing;

/// <summary>Lists all versions: by key, the newest first. The current and the older ones have an index each; this walks both at once.</summary>
internal static class ObjectVersions
{
    private const string SelectCurrent =
        $"SELECT {ObjectRows.Columns} FROM s3_objects WHERE bucket = ?1 AND key >= ?2 AND current = 1 ORDER BY key";

    private const string SelectOlder =
        $"SELECT {ObjectRows.Columns} FROM s3_objects WHERE bucket = ?1 AND key >= ?2 AND current = 0 ORDER BY key, id DESC";

    /// <param name="connection">In a read.</param>
    /// <param name="bucket">Which.</param>
    /// <param name="query">Its From is the first key to look at.</param>
    /// <param name="after">Versions of the key From that an earlier page has shown have at least this row id; null when none was shown.</param>
    public static Page<ObjectRow> List(SqliteConnection connection, Bucket bucket, ListQuery query, long? after)
    {
        var page = new Page<ObjectRow>(query);
        if (query.Most == 0)
        {
            return page;
        }

        using var current = connection.Prepare(SelectCurrent);
        using var older = connection.Prepare(SelectOlder);
        var walk = new Walk(current.Bind(1, bucket.Id), older.Bind(1, bucket.Id), query.From);
        while (!page.IsTruncated && walk.Next() is { } row)
        {
            var key = row.Bytes(1);
            if (!query.Covers(key))
            {
                break;
            }

            if (after is { } shown && key.SequenceEqual(query.From) && row.Number(0) >= shown)
            {
                continue;
            }

            if (page.Add(key, () => ObjectRows.Read(row)) is { } next)
            {
                walk = new Walk(current, older, next);
            }
        }

        return page;
    }

    /// <summary>Two sorted statements as one.</summary>
    private sealed class Walk
    {
        private readonly Statement current;
        private readonly Statement older;
        private bool hasCurrent;
        private bool hasOlder;
        private Statement? last;

        public Walk(Statement current, Statement older, byte[] from)
        {
            (this.current, this.older) = (current, older);
            current.Reset();
            older.Reset();
            hasCurrent = current.Bind(2, from).Step();
            hasOlder = older.Bind(2, from).Step();
        }

        public Statement? Next()
        {
            if (last == current)
            {
                hasCurrent = current.Step();
            }
            else if (last == older)
            {
                hasOlder = older.Step();
            }

            return last = (hasCurrent, hasOlder) switch
            {
                (false, false) => null,
                (true, false) => current,
                (false, true) => older,
                _ => current.Bytes(1).SequenceCompareTo(older.Bytes(1)) <= 0 ? current : older, // the current one is the newest
            };
        }
    }
}
