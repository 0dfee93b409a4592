using System.Globalization;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.S3.Notifications;

/// <summary>
/// The order of events: 18 hex digits, each greater than all before, also after a restart with the clock set back. Microseconds, so that
/// numbers of engines started anew do not collide with old claims. Used on the database's writer thread only.
/// </summary>
internal sealed class Sequencer(TimeProvider clock)
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS s3_sequencer (id INTEGER PRIMARY KEY CHECK (id = 0), reserved INTEGER NOT NULL);";

    /// <summary>10 s of microseconds are reserved at once, so that few events write the reservation.</summary>
    private const long Reserve = 10_000_000;

    private long last;
    private long reserved = -1;

    public string Next(SqliteConnection connection)
    {
        if (reserved < 0)
        {
            last = reserved = Read(connection);
        }

        last = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        if (last > reserved)
        {
            reserved = last + Reserve;
            using var write = connection.Prepare("INSERT OR REPLACE INTO s3_sequencer (id, reserved) VALUES (0, ?1)");
            write.Bind(1, reserved).Run();
        }

        return last.ToString("X18", CultureInfo.InvariantCulture);
    }

    private static long Read(SqliteConnection connection)
    {
        using var select = connection.Prepare("SELECT reserved FROM s3_sequencer WHERE id = 0");
        return select.Step() ? select.Number(0) : 0;
    }
}
