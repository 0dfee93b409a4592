using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>CancelJob and TerminateJob.</summary>
internal sealed class JobStops(BatchContext batch)
{
    private const int MaxReason = 1024;

    /// <summary>Fails a job that has not been started. One that has is left alone, without a word, as on AWS.</summary>
    public async Task<JsonObject> Cancel(JsonObject body, CancellationToken cancellation)
    {
        var (id, reason) = Read(body);
        return await batch.Write(
            connection =>
            {
                Exists(connection, id);
                JobEnds.Fail(connection, [id], reason, StopCall.Cancel, batch.NowMs);
                return new JsonObject();
            },
            cancellation);
    }

    /// <summary>The same, and ends what runs.</summary>
    public async Task<JsonObject> Terminate(JsonObject body, CancellationToken cancellation)
    {
        var (id, reason) = Read(body);
        var running = await batch.Write(
            connection =>
            {
                Exists(connection, id);
                return Terminate(connection, id, reason, batch.NowMs);
            },
            cancellation);
        running.ForEach(batch.Scheduler.Terminate);
        return [];
    }

    /// <returns>Jobs that are under way: the scheduler has to end them.</returns>
    internal static List<string> Terminate(SqliteConnection connection, string id, string reason, long nowMs)
    {
        JobEnds.Fail(connection, [id], reason, StopCall.Terminate, nowMs);
        return connection.Rows(
            "UPDATE batch_jobs SET terminated = 1, reason = $reason WHERE (id = $id OR parent = $id) AND status IN (3, 4) RETURNING id",
            row => row.GetString(0),
            ("$id", id), ("$reason", reason));
    }

    private static (string Id, string Reason) Read(JsonObject body)
    {
        var reason = body.Required("reason");
        return reason.Length <= MaxReason
            ? (body.Required("jobId"), reason)
            : throw BatchFault.Client($"reason must be at most {MaxReason} characters, got {reason.Length}");
    }

    private static void Exists(SqliteConnection connection, string id)
    {
        if (connection.Number("SELECT 1 FROM batch_jobs WHERE id = $id", ("$id", id)) is null)
        {
            throw BatchFault.Client($"Job '{id}' does not exist");
        }
    }
}
