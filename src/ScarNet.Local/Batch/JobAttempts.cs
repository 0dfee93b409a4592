using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>One attempt of one job (or child), as the scheduler has started it.</summary>
/// <param name="JobId">With ':index' for a child.</param>
/// <param name="Number">From 1.</param>
/// <param name="TaskId">32 hexadecimal digits, as ECS's task ids are.</param>
/// <param name="ComputeEnvironment">Name of the one whose virtual CPUs it takes.</param>
/// <param name="Queue">Its name.</param>
/// <param name="Definition">ARN with revision.</param>
/// <param name="Function">ScarNet's function that it belongs to, if any.</param>
/// <param name="Document">See <see cref="JobRequest.Document"/>; a child has its parent's.</param>
/// <param name="MilliCpus">What it takes.</param>
/// <param name="ArrayIndex">Of a child.</param>
/// <param name="ArraySize">Of a child's parent.</param>
internal sealed record Attempt(
    string JobId, int Number, string TaskId, string ComputeEnvironment, string Queue, string Definition, string? Function, string Document,
    int MilliCpus, long? ArrayIndex, long? ArraySize);

/// <summary>How an attempt ended.</summary>
/// <param name="ExitCode">Null when it did not start.</param>
/// <param name="Reason">What container.reason says; null for an ordinary end.</param>
/// <param name="StatusReason">What the attempt's and the job's statusReason say.</param>
/// <param name="Final">It must not be tried again whatever the retry strategy says: timed out or impossible.</param>
internal sealed record AttemptEnd(int? ExitCode, string? Reason, string StatusReason, bool Final)
{
    public const string Exited = "Essential container in task exited";
    public const string NotStarted = "Task failed to start";
    public const string TimedOut = "Job attempt duration exceeded timeout";
    public const string OutOfMemory = "OutOfMemoryError: Container killed due to memory usage";

    /// <summary>Of a job of several containers, in their order; empty for a job of one.</summary>
    public IReadOnlyList<ContainerEnd> Containers { get; init; } = [];
}

/// <summary>The life of attempts in the database, inside the caller's write.</summary>
internal static class JobAttempts
{
    /// <summary>RUNNABLE to STARTING.</summary>
    /// <returns>Null when the job is not RUNNABLE any more, because somebody has cancelled it.</returns>
    public static Attempt? Start(SqliteConnection connection, string jobId, string taskId, string computeEnvironment)
    {
        if (connection.Run("UPDATE batch_jobs SET status = 3, reason = NULL, attempts = attempts + 1 WHERE id = $id AND status = 2", ("$id", jobId)) == 0)
        {
            return null;
        }

        connection.Run(
            "INSERT INTO batch_attempts (job, number, task, environment) SELECT id, attempts, $task, $ce FROM batch_jobs WHERE id = $id",
            ("$id", jobId), ("$task", taskId), ("$ce", computeEnvironment));
        return connection.Rows(
            """
            SELECT j.attempts, j.queue, j.definition, j.function, coalesce(j.document, p.document), j.milli_cpus, j.array_index, p.array_size
            FROM batch_jobs j LEFT JOIN batch_jobs p ON p.id = j.parent WHERE j.id = $id
            """,
            row => new Attempt(
                jobId, row.GetInt32(0), taskId, computeEnvironment, row.GetString(1), row.GetString(2), row.TextOrNull(3), row.GetString(4),
                row.GetInt32(5), row.NumberOrNull(6), row.NumberOrNull(7)),
            ("$id", jobId))[0];
    }

    /// <summary>STARTING to RUNNING.</summary>
    public static void Running(SqliteConnection connection, Attempt attempt, string stream, long nowMs)
    {
        connection.Run("UPDATE batch_jobs SET status = 4, started_ms = $now WHERE id = $id", ("$id", attempt.JobId), ("$now", nowMs));
        connection.Run(
            "UPDATE batch_attempts SET started_ms = $now, stream = $stream WHERE job = $id AND number = $number",
            ("$id", attempt.JobId), ("$number", attempt.Number), ("$now", nowMs), ("$stream", stream));
    }

    /// <summary>To SUCCEEDED, FAILED, or RUNNABLE for the next attempt; settles what follows.</summary>
    public static void End(SqliteConnection connection, Attempt attempt, AttemptEnd end, int maxAttempts, IReadOnlyList<ExitRule> rules, long nowMs)
    {
        connection.Run(
            """
            UPDATE batch_attempts SET stopped_ms = $now, exit_code = $code, reason = $reason, status_reason = $status
            WHERE job = $id AND number = $number
            """,
            ("$id", attempt.JobId), ("$number", attempt.Number), ("$now", nowMs), ("$code", end.ExitCode), ("$reason", end.Reason),
            ("$status", end.StatusReason));
        for (var position = 0; position < end.Containers.Count; position++)
        {
            var container = end.Containers[position];
            connection.Run(
                """
                INSERT OR REPLACE INTO batch_containers (job, number, position, name, stream, exit_code, reason)
                VALUES ($id, $number, $position, $name, $stream, $code, $reason)
                """,
                ("$id", attempt.JobId), ("$number", attempt.Number), ("$position", position), ("$name", container.Name), ("$stream", container.Stream),
                ("$code", container.ExitCode), ("$reason", container.Reason));
        }

        var terminated = connection.Rows(
            "SELECT reason FROM batch_jobs WHERE id = $id AND terminated = 1", row => row.TextOrNull(0), ("$id", attempt.JobId));
        if (terminated.Count == 0 && !end.Final && end.ExitCode != 0 && attempt.Number < maxAttempts
            && ExitRules.Retries(rules, new AttemptOutcome(end.ExitCode, end.Reason, end.StatusReason)))
        {
            connection.Run("UPDATE batch_jobs SET status = 2, reason = $reason WHERE id = $id", ("$id", attempt.JobId), ("$reason", end.StatusReason));
            return;
        }

        var succeeded = terminated.Count == 0 && !end.Final && end.ExitCode == 0;
        connection.Run(
            "UPDATE batch_jobs SET status = $status, reason = $reason, stopped_ms = $now WHERE id = $id",
            ("$id", attempt.JobId), ("$status", succeeded ? 5 : 6), ("$now", nowMs),
            ("$reason", terminated.Count > 0 ? terminated[0] : end.StatusReason));
        JobEnds.Settle(connection, new Queue<string>([attempt.JobId]), nowMs);
    }

    /// <summary>An attempt that was never made: ECS refuses its overrides.</summary>
    public static void Refuse(SqliteConnection connection, Attempt attempt, string reason, long nowMs)
    {
        connection.Run("DELETE FROM batch_attempts WHERE job = $id AND number = $number", ("$id", attempt.JobId), ("$number", attempt.Number));
        connection.Run(
            "UPDATE batch_jobs SET status = 6, reason = $reason, stopped_ms = $now, attempts = attempts - 1 WHERE id = $id",
            ("$id", attempt.JobId), ("$reason", reason), ("$now", nowMs));
        JobEnds.Settle(connection, new Queue<string>([attempt.JobId]), nowMs);
    }

    /// <summary>
    /// After an engine's end: attempts that were under way are made again under the same number (their processes and containers are
    /// gone by now), those that somebody had asked to terminate fail.
    /// </summary>
    public static void Recover(SqliteConnection connection, long nowMs)
    {
        var terminated = connection.Rows(
            "UPDATE batch_jobs SET status = 6, stopped_ms = $now WHERE status IN (3, 4) AND terminated = 1 RETURNING id",
            row => row.GetString(0),
            ("$now", nowMs));
        foreach (var id in terminated)
        {
            connection.Run(
                "UPDATE batch_attempts SET stopped_ms = $now, status_reason = 'The engine was stopped' WHERE job = $id AND stopped_ms IS NULL",
                ("$id", id), ("$now", nowMs));
        }

        connection.Run(
            "DELETE FROM batch_attempts WHERE stopped_ms IS NULL AND job IN (SELECT id FROM batch_jobs WHERE status IN (3, 4))");
        connection.Run("UPDATE batch_jobs SET status = 2, attempts = attempts - 1, started_ms = NULL WHERE status IN (3, 4)");
        StuckJobs.Reconsider(connection); // this engine may give Batch more
        JobEnds.Settle(connection, new Queue<string>(terminated), nowMs);
    }

    /// <summary>Forgets jobs that ended before a time, arrays as a whole.</summary>
    /// <returns>How many rows went.</returns>
    public static int Prune(SqliteConnection connection, long beforeMs) =>
        connection.Run(
            """
            DELETE FROM batch_jobs WHERE parent IN
                (SELECT id FROM batch_jobs WHERE stopped_ms < $before AND array_size IS NOT NULL)
            """,
            ("$before", beforeMs))
        + connection.Run("DELETE FROM batch_jobs WHERE stopped_ms < $before AND parent IS NULL", ("$before", beforeMs));
}
