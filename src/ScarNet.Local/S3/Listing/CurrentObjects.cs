using Microsoft.Data.Sqlite;
using ScarNet.Local.S3.Buckets;
using ScarNet.Local.S3.Objects;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Listing;

/// <summary>Lists the current versions of a bucket's keys. It jumps over what a common prefix hides, so its cost is that of the page.</summary>
internal static class CurrentObjects
{
    private const string Select =
        $"SELECT {ObjectRows.Columns} FROM s3_objects WHERE bucket = ?1 AND key >= ?2 AND current = 1 ORDER BY key";

    public static Page<ObjectRow> List(SqliteConnection connection, Bucket bucket, ListQuery query)
    {
        var page = new Page<ObjectRow>(query);
        if (query.Most == 0)
        {
            return page;
        }

        using var select = connection.Prepare(Select);
        select.Bind(1, bucket.Id).Bind(2, query.From);
        while (!page.IsTruncated && select.Step())
        {
            var key = select.Bytes(1);
            if (!query.Covers(key))
            {
                break;
            }

            if (select.Number(4) != 0)
            {
                continue; // a delete marker
            }

            if (page.Add(key, () => ObjectRows.Read(select)) is { } next)
            {
                select.Reset();
                select.Bind(2, next);
            }
        }

        return page;
    }
}
