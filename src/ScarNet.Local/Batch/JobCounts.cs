using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>Jobs of one function by what is left to do; children of arrays count, their parents do not.</summary>
/// <param name="Function">Null for jobs that are no function's.</param>
/// <param name="Pending">Not started: SUBMITTED, PENDING, RUNNABLE, also such as can never run.</param>
/// <param name="Running">STARTING or RUNNING.</param>
/// <param name="Succeeded">Of the last seven days.</param>
/// <param name="Failed">Of the last seven days.</param>
public sealed record JobCounts(string? Function, long Pending, long Running, long Succeeded, long Failed)
{
    /// <summary>Of <see cref="Pending"/>: PENDING, so waiting for other jobs.</summary>
    public long Waiting { get; init; }

    /// <summary>Of <see cref="Pending"/>: RUNNABLE, and never started as things are. See <see cref="StuckJobs"/>.</summary>
    public long Stuck { get; init; }

    /// <summary>Counts in one pass over an index, and one over the few that are stuck.</summary>
    public static IReadOnlyList<JobCounts> Read(SqliteConnection connection)
    {
        var stuck = StuckJobs.Counts(connection);
        return
        [
            .. connection.Rows(
                "SELECT function, status, count(*) FROM batch_jobs WHERE array_size IS NULL GROUP BY function, status",
                row => (Function: row.TextOrNull(0), Status: (JobStatus)row.GetInt32(1), Count: row.GetInt64(2)))
            .GroupBy(entry => entry.Function)
            .Select(entries => new JobCounts(
                entries.Key,
                entries.Where(entry => entry.Status < JobStatus.Starting).Sum(entry => entry.Count),
                entries.Where(entry => entry.Status is JobStatus.Starting or JobStatus.Running).Sum(entry => entry.Count),
                entries.Where(entry => entry.Status == JobStatus.Succeeded).Sum(entry => entry.Count),
                entries.Where(entry => entry.Status == JobStatus.Failed).Sum(entry => entry.Count))
            {
                Waiting = entries.Where(entry => entry.Status == JobStatus.Pending).Sum(entry => entry.Count),
                Stuck = stuck.GetValueOrDefault(entries.Key ?? ""),
            }),
        ];
    }
}
