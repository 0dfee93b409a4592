using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>DescribeJobs of a job of several containers: each has its own exit code and log stream.</summary>
internal sealed class TaskViews(BatchNames names)
{
    /// <summary>The attempts that have ended; the newest is put into the job's ecsProperties too.</summary>
    public JsonArray Attempts(SqliteConnection connection, string id, JsonObject detail)
    {
        var containers = connection.Rows(
            "SELECT number, name, stream, exit_code, reason FROM batch_containers WHERE job = $id ORDER BY number, position",
            row => (Number: row.GetInt64(0), Container: JsonOutput.WithoutNulls(new JsonObject
            {
                ["name"] = row.GetString(1),
                ["logStreamName"] = row.TextOrNull(2),
                ["exitCode"] = row.NumberOrNull(3),
                ["reason"] = row.TextOrNull(4),
            })),
            ("$id", id)).ToLookup(row => row.Number, row => row.Container);
        var ended = connection.Rows(
            """
            SELECT number, task, environment, started_ms, stopped_ms, status_reason, reason FROM batch_attempts
            WHERE job = $id AND stopped_ms IS NOT NULL ORDER BY number
            """,
            row => JsonOutput.WithoutNulls(new JsonObject
            {
                ["taskProperties"] = new JsonArray(new JsonObject
                {
                    ["containerInstanceArn"] = names.Instance(row.GetString(2)),
                    ["taskArn"] = names.Task(row.GetString(2), row.GetString(1)),
                    ["containers"] = new JsonArray([.. containers[row.GetInt64(0)]]),
                }),
                ["startedAt"] = row.NumberOrNull(3),
                ["stoppedAt"] = row.GetInt64(4),
                ["statusReason"] = row.TextOrNull(6) is { } why ? $"{row.TextOrNull(5)}: {why}" : row.TextOrNull(5),
            }),
            ("$id", id));
        if (ended.Count > 0)
        {
            Put(ended[^1], detail);
        }

        return new JsonArray([.. ended]);
    }

    private static void Put(JsonObject attempt, JsonObject detail)
    {
        var last = attempt.Objects("taskProperties")[0];
        var task = detail.Object(JobRequest.Ecs)!.Objects("taskProperties")[0];
        task["taskArn"] = last["taskArn"]!.DeepClone();
        task["containerInstanceArn"] = last["containerInstanceArn"]!.DeepClone();
        foreach (var (container, end) in task.Objects("containers").Zip(last.Objects("containers")))
        {
            foreach (var member in (ReadOnlySpan<string>)["exitCode", "reason", "logStreamName"])
            {
                if (end[member] is { } value)
                {
                    container[member] = value.DeepClone();
                }
            }
        }
    }
}
