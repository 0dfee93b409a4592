using Microsoft.Data.Sqlite;
using ScarNet.Local.Batch;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Batch;

/// <summary>Batch's tables in a new file, and jobs that are carried through their states without being run.</summary>
public class JobDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("scarnet-jobs-");
    private readonly Database database;
    private long nowMs = 1_000_000;

    public JobDatabase() => database = Database.Open(Path.Join(directory.FullName, "db"), [BatchSchema.Text]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal Task Submit(string id, int? size = null, params JobDependency[] dependencies) => Write(connection => JobInserts.Insert(
        connection, new NewJob(id, "name", "queue", "definition", "fn", size, 1000, [], nowMs), dependencies));

    /// <summary>What the scheduler does with new jobs.</summary>
    internal Task Take() => Write(connection =>
    {
        JobEnds.MakeReady(connection);
        connection.Run("UPDATE batch_jobs SET status = 1 WHERE status = 0");
    });

    /// <summary>Starts an attempt and ends it.</summary>
    internal Task Run(string id, int exitCode, int attempts = 1) => Write(connection =>
    {
        var attempt = JobAttempts.Start(connection, id, Guid.NewGuid().ToString("N"), "ce");
        Assert.NotNull(attempt);
        JobAttempts.Running(connection, attempt, "stream", nowMs);
        JobAttempts.End(connection, attempt, new AttemptEnd(exitCode, null, AttemptEnd.Exited, Final: false), attempts, [], nowMs);
    });

    internal Task Write(Action<SqliteConnection> work) => database.Write(work, Cancellation);

    internal T Read<T>(Func<SqliteConnection, T> work) => database.Read(work);

    internal JobStatus Status(string id) =>
        (JobStatus)Read(connection => connection.Number("SELECT status FROM batch_jobs WHERE id = $id", ("$id", id)))!.Value;

    internal string? Reason(string id) => Read(connection =>
        connection.Rows("SELECT reason FROM batch_jobs WHERE id = $id", row => row.TextOrNull(0), ("$id", id)))[0];

    internal List<string> Runnable() =>
        Read(connection => connection.Rows("SELECT id FROM batch_jobs WHERE status = 2 ORDER BY seq", row => row.GetString(0)));

    internal void PassTime(TimeSpan time) => nowMs += (long)time.TotalMilliseconds;

    internal long NowMs => nowMs;

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
