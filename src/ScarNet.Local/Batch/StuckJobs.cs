using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>A RUNNABLE job that never starts as things are: its statusReason says what would have to be changed.</summary>
/// <param name="Function">Null for a job that is no function's.</param>
/// <param name="JobId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Its statusReason.</param>
internal sealed record StuckJob(string? Function, string JobId, string Name, string Reason);

/// <summary>Such jobs, which the scheduler has found when it looked for a place for them.</summary>
internal static class StuckJobs
{
    private const string Which = $"status = 2 AND reason IS NOT NULL AND array_size IS NULL AND reason LIKE '{Placement.Misconfiguration}%'";

    /// <summary>How many there are, by function.</summary>
    public static IReadOnlyDictionary<string, long> Counts(SqliteConnection connection) => connection.Rows(
        $"SELECT function, count(*) FROM batch_jobs WHERE {Which} GROUP BY function",
        row => (Function: row.TextOrNull(0) ?? "", Count: row.GetInt64(1))).ToDictionary(entry => entry.Function, entry => entry.Count);

    /// <summary>The oldest of each function.</summary>
    public static IReadOnlyList<StuckJob> Read(SqliteConnection connection, int most) => connection.Rows(
        $"""
        SELECT function, id, name, reason
        FROM (SELECT *, row_number() OVER (PARTITION BY function ORDER BY seq) AS nth FROM batch_jobs WHERE {Which})
        WHERE nth <= $most ORDER BY function, seq
        """,
        row => new StuckJob(row.TextOrNull(0), row.GetString(1), row.GetString(2), row.GetString(3)),
        ("$most", most));

    /// <summary>Where jobs may go has changed: none is stuck until the scheduler says so anew.</summary>
    public static void Reconsider(SqliteConnection connection) => connection.Run($"UPDATE batch_jobs SET reason = NULL WHERE {Which}");
}
