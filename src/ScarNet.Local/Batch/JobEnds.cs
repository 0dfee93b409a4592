using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>The call that ended a job before its time.</summary>
internal enum StopCall
{
    None,
    Cancel,
    Terminate,
}

/// <summary>
/// What follows from the end of jobs, inside the caller's write: those that wait for them become ready or fail, arrays whose last
/// child has ended end.
/// </summary>
internal static class JobEnds
{
    public const string DependencyFailed = "Dependent Job failed";
    public const string ChildFailed = "Array Child Job failed";

    /// <summary>Fails jobs that have not been started, arrays with all their children, and settles what follows.</summary>
    /// <param name="connection">The caller's write.</param>
    /// <param name="ids">Jobs; those that have been started or have ended are left alone.</param>
    /// <param name="reason">Their statusReason.</param>
    /// <param name="by">Which call asked for it.</param>
    /// <param name="nowMs">Present time.</param>
    public static void Fail(SqliteConnection connection, IEnumerable<string> ids, string reason, StopCall by, long nowMs)
    {
        var ended = new Queue<string>();
        foreach (var id in ids)
        {
            FailOne(connection, id, reason, by, nowMs, ended);
        }

        Settle(connection, ended, nowMs);
    }

    /// <summary>Settles what follows from jobs that the caller has just ended.</summary>
    public static void Settle(SqliteConnection connection, Queue<string> ended, long nowMs)
    {
        while (ended.TryDequeue(out var id))
        {
            var (parent, index, status) = connection.Rows(
                "SELECT parent, array_index, status FROM batch_jobs WHERE id = $id",
                row => (row.TextOrNull(0), row.NumberOrNull(1), (JobStatus)row.GetInt32(2)),
                ("$id", id)).First();
            var succeeded = status == JobStatus.Succeeded;
            SettlePlain(connection, id, succeeded, nowMs, ended);
            if (parent is not null && index is { } child)
            {
                SettleChild(connection, parent, child, succeeded, nowMs, ended);
                EndArray(connection, parent, nowMs, ended);
            }
        }

        MakeReady(connection);
    }

    /// <summary>Jobs that wait for nothing any more become RUNNABLE.</summary>
    public static void MakeReady(SqliteConnection connection) =>
        connection.Run("UPDATE batch_jobs SET status = 2 WHERE status < 2 AND waits = 0 AND array_size IS NULL");

    private static void FailOne(
        SqliteConnection connection, string id, string reason, StopCall by, long nowMs, Queue<string> ended)
    {
        // Of an array only its children are failed here: it ends with the last of them.
        var failed = connection.Rows(
            """
            UPDATE batch_jobs SET status = 6, reason = $reason, cancelled = $cancelled, terminated = $terminated, stopped_ms = $now
            WHERE (id = $id OR parent = $id) AND status < 3 AND array_size IS NULL RETURNING id
            """,
            row => row.GetString(0),
            ("$id", id), ("$reason", reason), ("$cancelled", Flag(by == StopCall.Cancel)), ("$terminated", Flag(by == StopCall.Terminate)),
            ("$now", nowMs));
        failed.ForEach(ended.Enqueue);
        connection.Run(
            """
            UPDATE batch_jobs SET reason = $reason, cancelled = $cancelled, terminated = $terminated
            WHERE id = $id AND array_size IS NOT NULL AND status < 5
            """,
            ("$id", id), ("$reason", reason), ("$cancelled", Flag(by == StopCall.Cancel)), ("$terminated", Flag(by == StopCall.Terminate)));
    }

    private static int Flag(bool value) => value ? 1 : 0;

    private static void SettlePlain(SqliteConnection connection, string id, bool succeeded, long nowMs, Queue<string> ended)
    {
        var waiters = connection.Rows(
            "DELETE FROM batch_dependencies WHERE target = $id AND kind = 'PLAIN' RETURNING waiter", row => row.GetString(0), ("$id", id));
        foreach (var waiter in waiters)
        {
            if (succeeded)
            {
                connection.Run("UPDATE batch_jobs SET waits = waits - 1 WHERE id = $id OR parent = $id", ("$id", waiter));
            }
            else
            {
                FailOne(connection, waiter, DependencyFailed, StopCall.None, nowMs, ended);
            }
        }
    }

    private static void SettleChild(
        SqliteConnection connection, string parent, long index, bool succeeded, long nowMs, Queue<string> ended)
    {
        var waiters = connection.Rows(
            "SELECT waiter, kind FROM batch_dependencies WHERE target = $parent AND kind <> 'PLAIN'",
            row => (Waiter: row.GetString(0), Kind: row.GetString(1)),
            ("$parent", parent));
        foreach (var (waiter, kind) in waiters)
        {
            var waiting = $"{waiter}:{(kind == JobDependency.Sequential ? index + 1 : index)}";
            if (succeeded)
            {
                connection.Run("UPDATE batch_jobs SET waits = waits - 1 WHERE id = $id", ("$id", waiting));
            }
            else
            {
                FailOne(connection, waiting, DependencyFailed, StopCall.None, nowMs, ended);
            }
        }
    }

    private static void EndArray(SqliteConnection connection, string parent, long nowMs, Queue<string> ended)
    {
        if (connection.Number("SELECT 1 FROM batch_jobs WHERE parent = $id AND status < 5 LIMIT 1", ("$id", parent)) is not null)
        {
            return;
        }

        var failed = connection.Number("SELECT 1 FROM batch_jobs WHERE parent = $id AND status = 6 LIMIT 1", ("$id", parent)) is not null;
        var changed = connection.Run(
            """
            UPDATE batch_jobs SET status = $status, stopped_ms = $now,
                reason = CASE WHEN $status = 5 THEN NULL ELSE coalesce(reason, $reason) END
            WHERE id = $id AND status < 5
            """,
            ("$id", parent), ("$status", failed ? 6 : 5), ("$reason", ChildFailed), ("$now", nowMs));
        if (changed > 0)
        {
            connection.Run("DELETE FROM batch_dependencies WHERE target = $id AND kind <> 'PLAIN'", ("$id", parent));
            ended.Enqueue(parent);
        }
    }
}
