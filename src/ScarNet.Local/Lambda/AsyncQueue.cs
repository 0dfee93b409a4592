using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Asynchronous invocations that are not done yet, durable. S3 puts its events in here in the transaction that stores the object, so
/// no event is lost between the two; an asynchronous Invoke does the same. A row stays until its invocation has ended for good.
/// </summary>
#pragma warning disable CA1711 // it is a queue
public sealed class AsyncQueue : IDisposable
#pragma warning restore CA1711
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS async_invocations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            request_id TEXT NOT NULL UNIQUE,
            function_arn TEXT NOT NULL,
            payload BLOB NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            enqueued_ms INTEGER NOT NULL,
            not_before_ms INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX IF NOT EXISTS async_invocations_in_order ON async_invocations (function_arn, not_before_ms, id);
        """;

    private readonly SemaphoreSlim arrived = new(0, 1);

    /// <summary>Adds an invocation inside the caller's write; <see cref="Signal"/> goes with it once that is committed.</summary>
    /// <returns>The request id, which stays the same through every retry, as Lambda's does.</returns>
    public static string Enqueue(SqliteConnection connection, string functionArn, byte[] payload, DateTimeOffset now)
    {
        var requestId = Guid.NewGuid().ToString();
        Enqueue(connection, functionArn, payload, now, requestId);
        return requestId;
    }

    /// <inheritdoc cref="Enqueue(SqliteConnection, string, byte[], DateTimeOffset)"/>
    public static void Enqueue(SqliteConnection connection, string functionArn, byte[] payload, DateTimeOffset now, string requestId) =>
        connection.Run(
            """
            INSERT INTO async_invocations (request_id, function_arn, payload, enqueued_ms, not_before_ms)
            VALUES ($id, $arn, $payload, $now, $now)
            """,
            ("$id", requestId), ("$arn", functionArn), ("$payload", payload), ("$now", now.ToUnixTimeMilliseconds()));

    /// <summary>Wakes the dispatcher.</summary>
    public void Signal()
    {
        try
        {
            arrived.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been told already, and will look at everything that is there.
        }
    }

    /// <summary>Waits for a signal, at most as long as given.</summary>
    public Task<bool> WaitForArrival(TimeSpan longest, CancellationToken cancellation) => arrived.WaitAsync(longest, cancellation);

    public void Dispose() => arrived.Dispose();

    /// <summary>The functions that have rows. It jumps from one to the next in the index, however many rows each has.</summary>
    internal static List<string> Functions(SqliteConnection db) => db.Rows(
        """
        WITH RECURSIVE lane(arn) AS (
            SELECT min(function_arn) FROM async_invocations
            UNION ALL
            SELECT (SELECT min(function_arn) FROM async_invocations WHERE function_arn > lane.arn) FROM lane WHERE lane.arn IS NOT NULL)
        SELECT arn FROM lane WHERE arn IS NOT NULL
        """,
        row => row.GetString(0));

    /// <summary>Ids of a function's rows that are due, oldest first.</summary>
    internal static List<long> Due(SqliteConnection db, string functionArn, long nowMs, int most) => db.Rows(
        "SELECT id FROM async_invocations WHERE function_arn = $arn AND not_before_ms <= $now ORDER BY not_before_ms, id LIMIT $most",
        row => row.GetInt64(0),
        ("$arn", functionArn), ("$now", nowMs), ("$most", most));

    /// <summary>When the next row of a function will be due that is not yet; null when there is none.</summary>
    internal static long? NextDueMs(SqliteConnection db, string functionArn, long nowMs) => db.Number(
        "SELECT min(not_before_ms) FROM async_invocations WHERE function_arn = $arn AND not_before_ms > $now",
        ("$arn", functionArn), ("$now", nowMs));

    /// <returns>Null when it is gone, or not due any more.</returns>
    internal static AsyncInvocation? Read(SqliteConnection db, long id, long nowMs) => db.Rows(
        "SELECT id, request_id, function_arn, payload, attempts, enqueued_ms FROM async_invocations WHERE id = $id AND not_before_ms <= $now",
        row => new AsyncInvocation(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            row.GetFieldValue<byte[]>(3),
            row.GetInt32(4),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))),
        ("$id", id), ("$now", nowMs)).FirstOrDefault();

    internal static void Retry(SqliteConnection db, long id, int attempts, DateTimeOffset notBefore) => db.Run(
        "UPDATE async_invocations SET attempts = $attempts, not_before_ms = $ms WHERE id = $id",
        ("$attempts", attempts), ("$ms", notBefore.ToUnixTimeMilliseconds()), ("$id", id));

    internal static void Remove(SqliteConnection db, long id) => db.Run("DELETE FROM async_invocations WHERE id = $id", ("$id", id));

    /// <summary>Number of rows of each function.</summary>
    internal static List<(string FunctionArn, int Count)> Counts(SqliteConnection db) => db.Rows(
        "SELECT function_arn, count(*) FROM async_invocations GROUP BY function_arn",
        row => (row.GetString(0), row.GetInt32(1)));
}

/// <summary>A row of the queue.</summary>
/// <param name="Id">Its number.</param>
/// <param name="RequestId">The same through every attempt.</param>
/// <param name="FunctionArn">As it was put in.</param>
/// <param name="Payload">JSON.</param>
/// <param name="Attempts">How many have failed.</param>
/// <param name="Enqueued">When it came.</param>
internal sealed record AsyncInvocation(
    long Id, string RequestId, string FunctionArn, byte[] Payload, int Attempts, DateTimeOffset Enqueued);
