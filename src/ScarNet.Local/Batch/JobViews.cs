using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>DescribeJobs.</summary>
internal sealed class JobViews(BatchContext batch)
{
    private const int MaxJobs = 100;

    public JsonObject Describe(JsonObject body)
    {
        var ids = body.Texts("jobs");
        if (ids.Count is 0 or > MaxJobs)
        {
            throw BatchFault.Client($"jobs must have 1 to {MaxJobs} job ids, got {ids.Count}");
        }

        return batch.Database.Read(connection => new JsonObject
        {
            ["jobs"] = JsonOutput.List(ids.Distinct().Select(id => Find(connection, id)).OfType<JsonObject>()),
        });
    }

    /// <summary>Children by their states, as arrayProperties has it.</summary>
    internal static JsonObject Summary(SqliteConnection connection, string parent)
    {
        var counts = connection.Rows(
            "SELECT status, count(*) FROM batch_jobs WHERE parent = $id GROUP BY status",
            row => (Status: (JobStatus)row.GetInt32(0), Count: row.GetInt64(1)),
            ("$id", parent)).ToDictionary(entry => entry.Status, entry => entry.Count);
        return new JsonObject(JobStatuses.All.Select(status =>
            KeyValuePair.Create(JobStatuses.Format(status), (JsonNode?)counts.GetValueOrDefault(status))));
    }

    /// <summary>A job as DescribeJobs tells it; null when there is none.</summary>
    public JsonObject? Find(SqliteConnection connection, string id) => connection.Rows(
        """
        SELECT j.id, j.name, j.queue, j.definition, j.array_index, j.array_size, j.status, j.reason, coalesce(j.document, p.document),
            j.cancelled, j.terminated, j.created_ms, j.started_ms, j.stopped_ms
        FROM batch_jobs j LEFT JOIN batch_jobs p ON p.id = j.parent WHERE j.id = $id
        """,
        row => Detail(connection, row),
        ("$id", id)).FirstOrDefault();

    private JsonObject Detail(SqliteConnection connection, SqliteDataReader row)
    {
        var id = row.GetString(0);
        var detail = Resources.Parse(row.GetString(8));
        detail.Remove(JobRequest.DefinitionTags);
        detail.Remove(JobRequest.OverridesLength);
        detail["dependsOn"] ??= new JsonArray();
        detail["tags"] ??= new JsonObject();
        detail["jobArn"] = batch.Names.Job(id);
        detail["jobId"] = id;
        detail["jobName"] = row.GetString(1);
        detail["jobQueue"] = batch.Names.Queue(row.GetString(2));
        detail["jobDefinition"] = row.GetString(3);
        detail["status"] = JobStatuses.Format((JobStatus)row.GetInt32(6));
        detail["isCancelled"] = row.GetInt64(9) == 1;
        detail["isTerminated"] = row.GetInt64(10) == 1;
        detail["createdAt"] = row.GetInt64(11);
        Set(detail, "statusReason", row.TextOrNull(7));
        Set(detail, "startedAt", row.NumberOrNull(12));
        Set(detail, "stoppedAt", row.NumberOrNull(13));
        if (row.NumberOrNull(5) is { } size)
        {
            detail["arrayProperties"] = new JsonObject { ["size"] = size, ["statusSummary"] = Summary(connection, id) };
        }
        else if (row.NumberOrNull(4) is { } index)
        {
            detail["arrayProperties"] = new JsonObject { ["index"] = index };
        }

        if (detail[JobRequest.Ecs] is null)
        {
            AddAttempts(connection, id, detail);
        }
        else
        {
            detail["attempts"] = new TaskViews(batch.Names).Attempts(connection, id, detail);
        }

        return detail;
    }

    private void AddAttempts(SqliteConnection connection, string id, JsonObject detail)
    {
        var container = detail.Object("container")!;
        var ended = new JsonArray();
        foreach (var attempt in connection.Rows(
            "SELECT task, environment, stream, started_ms, stopped_ms, exit_code, reason, status_reason FROM batch_attempts WHERE job = $id ORDER BY number",
            row => new
            {
                Task = row.GetString(0),
                Environment = row.GetString(1),
                Stream = row.TextOrNull(2),
                StartedMs = row.NumberOrNull(3),
                StoppedMs = row.NumberOrNull(4),
                ExitCode = row.NumberOrNull(5),
                Reason = row.TextOrNull(6),
                StatusReason = row.TextOrNull(7),
            },
            ("$id", id)))
        {
            var run = new JsonObject
            {
                ["containerInstanceArn"] = batch.Names.Instance(attempt.Environment),
                ["taskArn"] = batch.Names.Task(attempt.Environment, attempt.Task),
            };
            Set(run, "exitCode", attempt.ExitCode);
            Set(run, "reason", attempt.Reason);
            Set(run, "logStreamName", attempt.Stream);
            foreach (var member in (ReadOnlySpan<string>)["containerInstanceArn", "taskArn", "exitCode", "reason", "logStreamName"])
            {
                container.Remove(member); // the newest attempt's only
                Set(container, member, run[member]?.DeepClone());
            }

            if (attempt.StoppedMs is not null)
            {
                var entry = new JsonObject { ["container"] = run, ["stoppedAt"] = attempt.StoppedMs };
                Set(entry, "startedAt", attempt.StartedMs);
                Set(entry, "statusReason", attempt.StatusReason);
                ended.Add(entry);
            }
        }

        detail["attempts"] = ended;
    }

    private static void Set(JsonObject target, string member, JsonNode? value)
    {
        if (value is not null)
        {
            target[member] = value;
        }
    }
}
