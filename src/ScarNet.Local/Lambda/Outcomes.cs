using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Lambda;

/// <summary>How asynchronous invocations have ended: a count for each function, and the last failures by name.</summary>
internal static class Outcomes
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS lambda_outcomes (
            function TEXT PRIMARY KEY,
            succeeded INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE IF NOT EXISTS lambda_failures (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            function TEXT NOT NULL,
            request_id TEXT NOT NULL,
            reason TEXT NOT NULL,
            time_ms INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS lambda_failures_of ON lambda_failures (function, id);
        """;

    private const int KeptFailures = 100;
    private const int LongestReason = 1000;

    public static void Succeeded(SqliteConnection db, string function) => db.Run(
        "INSERT INTO lambda_outcomes (function, succeeded) VALUES ($f, 1) ON CONFLICT (function) DO UPDATE SET succeeded = succeeded + 1",
        ("$f", function));

    public static void Failed(SqliteConnection db, string function, string requestId, string reason, DateTimeOffset now)
    {
        db.Run(
            "INSERT INTO lambda_outcomes (function, failed) VALUES ($f, 1) ON CONFLICT (function) DO UPDATE SET failed = failed + 1",
            ("$f", function));
        db.Run(
            "INSERT INTO lambda_failures (function, request_id, reason, time_ms) VALUES ($f, $id, $reason, $ms)",
            ("$f", function),
            ("$id", requestId),
            ("$reason", reason.Length > LongestReason ? reason[..LongestReason] : reason),
            ("$ms", now.ToUnixTimeMilliseconds()));
        db.Run(
            """
            DELETE FROM lambda_failures WHERE function = $f AND id <=
              (SELECT id FROM lambda_failures WHERE function = $f ORDER BY id DESC LIMIT 1 OFFSET $kept)
            """,
            ("$f", function), ("$kept", KeptFailures));
    }

    public static void Forget(SqliteConnection db, string function)
    {
        db.Run("DELETE FROM lambda_outcomes WHERE function = $f", ("$f", function));
        db.Run("DELETE FROM lambda_failures WHERE function = $f", ("$f", function));
    }

    public static List<(string Function, int Succeeded, int Failed)> Counts(SqliteConnection db) => db.Rows(
        "SELECT function, succeeded, failed FROM lambda_outcomes", row => (row.GetString(0), row.GetInt32(1), row.GetInt32(2)));

    /// <summary>Newest first.</summary>
    public static List<Failure> LastFailures(SqliteConnection db, int most) => db.Rows(
        "SELECT function, request_id, reason, time_ms FROM lambda_failures ORDER BY id DESC LIMIT $most",
        row => new Failure(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
        ("$most", most));
}

/// <summary>An invocation that failed for good.</summary>
internal sealed record Failure(string Function, string RequestId, string Reason, long TimeMs);
