using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>A job to be stored.</summary>
internal sealed record NewJob(
    string Id, string Name, string Queue, string Definition, string? Function, int? ArraySize, int MilliCpus, JsonObject Document, long CreatedMs);

/// <summary>Stores a submitted job, its children and what it waits for, inside the caller's write.</summary>
internal static class JobInserts
{
    public static void Insert(SqliteConnection connection, NewJob job, IReadOnlyList<JobDependency> dependencies)
    {
        connection.Run(
            """
            INSERT INTO batch_jobs (id, name, queue, definition, function, array_size, status, document, milli_cpus, created_ms)
            VALUES ($id, $name, $queue, $definition, $function, $size, 0, $document, $cpus, $now)
            """,
            ("$id", job.Id), ("$name", job.Name), ("$queue", job.Queue), ("$definition", job.Definition), ("$function", job.Function),
            ("$size", job.ArraySize), ("$document", JsonOutput.Text(job.Document)), ("$cpus", job.MilliCpus), ("$now", job.CreatedMs));
        if (job.ArraySize is { } size)
        {
            InsertChildren(connection, job, size);
        }

        var failed = new List<string>();
        foreach (var dependency in dependencies)
        {
            Depend(connection, job, dependency, failed);
        }

        JobEnds.Fail(connection, failed, JobEnds.DependencyFailed, StopCall.None, job.CreatedMs);
    }

    private static void InsertChildren(SqliteConnection connection, NewJob job, int size) => connection.Run(
        """
        INSERT INTO batch_jobs (id, name, queue, definition, function, parent, array_index, status, milli_cpus, created_ms)
        WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < $size)
        SELECT $id || ':' || n, $name, $queue, $definition, $function, $id, n, 0, $cpus, $now FROM numbers
        """,
        ("$id", job.Id), ("$name", job.Name), ("$queue", job.Queue), ("$definition", job.Definition), ("$function", job.Function),
        ("$size", size), ("$cpus", job.MilliCpus), ("$now", job.CreatedMs));

    private static void Depend(SqliteConnection connection, NewJob job, JobDependency dependency, List<string> failed)
    {
        if (dependency.Kind == JobDependency.Sequential)
        {
            connection.Run("UPDATE batch_jobs SET waits = waits + 1 WHERE parent = $id AND array_index > 0", ("$id", job.Id));
            Add(connection, job.Id, job.Id, dependency.Kind);
            return;
        }

        var target = dependency.JobId!;
        var (status, size) = connection.Rows(
            "SELECT status, array_size FROM batch_jobs WHERE id = $id",
            row => (Status: (JobStatus)row.GetInt32(0), Size: row.NumberOrNull(1)),
            ("$id", target)).Select(found => ((JobStatus?)found.Status, found.Size)).FirstOrDefault();
        if (status is null)
        {
            throw BatchFault.Client($"dependsOn: there is no job '{target}'");
        }

        if (dependency.Kind == JobDependency.NToN)
        {
            DependChildren(connection, job, target, size, failed);
        }
        else if (status == JobStatus.Failed)
        {
            failed.Add(job.Id);
        }
        else if (status != JobStatus.Succeeded)
        {
            connection.Run("UPDATE batch_jobs SET waits = waits + 1 WHERE id = $id OR parent = $id", ("$id", job.Id));
            Add(connection, job.Id, target, dependency.Kind);
        }
    }

    private static void DependChildren(SqliteConnection connection, NewJob job, string target, long? size, List<string> failed)
    {
        if (size != job.ArraySize)
        {
            throw BatchFault.Client(
                $"dependsOn N_TO_N: job '{target}' {(size is null ? "is no array job" : $"has {size} children")}, this one has {job.ArraySize}");
        }

        connection.Run(
            """
            UPDATE batch_jobs SET waits = waits + 1
            WHERE parent = $id AND array_index IN (SELECT array_index FROM batch_jobs WHERE parent = $target AND status < 5)
            """,
            ("$id", job.Id), ("$target", target));
        failed.AddRange(connection.Rows(
            "SELECT $id || ':' || array_index FROM batch_jobs WHERE parent = $target AND status = 6",
            row => row.GetString(0),
            ("$id", job.Id), ("$target", target)));
        Add(connection, job.Id, target, JobDependency.NToN);
    }

    private static void Add(SqliteConnection connection, string waiter, string target, string kind) => connection.Run(
        "INSERT OR IGNORE INTO batch_dependencies (waiter, target, kind) VALUES ($waiter, $target, $kind)",
        ("$waiter", waiter), ("$target", target), ("$kind", kind));
}
