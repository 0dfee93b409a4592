using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>ListJobs: of a queue the newest first, of an array by index. RUNNING ones unless another status or a filter is given.</summary>
internal sealed class JobLists(BatchContext batch)
{
    private const int MaxPage = 1000;
    private const int MaxFilteredPage = 100;

    public JsonObject List(JsonObject body)
    {
        Unsupported.Check(body, "multiNodeJobId");
        var filter = Filter.Read(body);
        var size = Pages.Size(body, filter is null ? MaxPage : MaxFilteredPage);
        var status = filter is not null && filter.Name != "JOB_DEFINITION" ? null
            : body.Text("jobStatus") is { } text ? (int)JobStatuses.Parse(text)
            : filter is null ? (int)JobStatus.Running
            : (int?)null;
        var page = batch.Database.Read(connection => (body.Text("jobQueue"), body.Text("arrayJobId")) switch
        {
            ({ } queue, null) => OfQueue(connection, Queue(connection, queue), status, filter, Pages.Position(body, long.MaxValue), size),
            (null, { } array) => OfArray(connection, array, status, Pages.Position(body, -1), size),
            _ => throw BatchFault.Client("exactly one of jobQueue, arrayJobId and multiNodeJobId must be given"),
        });
        var answer = new JsonObject { ["jobSummaryList"] = JsonOutput.List(page.Select(entry => entry.Summary)) };
        if (page.Count == size)
        {
            answer["nextToken"] = Pages.Token(page[^1].Position);
        }

        return answer;
    }

    private const string Columns = """
        SELECT j.seq, j.array_index, j.id, j.name, j.definition, j.array_size, j.status, j.reason, j.created_ms, j.started_ms, j.stopped_ms,
            a.exit_code, a.reason
        FROM batch_jobs j LEFT JOIN batch_attempts a ON a.job = j.id AND a.number = j.attempts
        """;

    private List<(long Position, JsonObject Summary)> OfQueue(
        SqliteConnection connection, string queue, int? status, Filter? filter, long before, int most) => connection.Rows(
        Columns + """
         WHERE j.queue = $queue AND j.parent IS NULL AND j.seq < $before AND ($status IS NULL OR j.status = $status)
            AND ($name IS NULL OR j.name LIKE $name ESCAPE '\') AND ($definition IS NULL OR j.definition LIKE $definition ESCAPE '\')
            AND ($after IS NULL OR j.created_ms > $after) AND ($until IS NULL OR j.created_ms < $until)
        ORDER BY j.seq DESC LIMIT $most
        """,
        row => (row.GetInt64(0), Summary(connection, row)),
        ("$queue", queue), ("$before", before), ("$status", status), ("$most", most), ("$name", filter?.Pattern("JOB_NAME", "")),
        ("$definition", filter?.Pattern("JOB_DEFINITION", batch.Names.Definition("", 0)[..^2])),
        ("$after", filter?.Time("AFTER_CREATED_AT")), ("$until", filter?.Time("BEFORE_CREATED_AT")));

    private List<(long Position, JsonObject Summary)> OfArray(
        SqliteConnection connection, string parent, int? status, long after, int most) => connection.Rows(
        Columns + " WHERE j.parent = $parent AND j.array_index > $after AND j.status = $status ORDER BY j.array_index LIMIT $most",
        row => (row.GetInt64(1), Summary(connection, row)),
        ("$parent", parent), ("$after", after), ("$status", status), ("$most", most));

    private string Queue(SqliteConnection connection, string reference)
    {
        var name = batch.Names.NameOf("job-queue", reference);
        return Resources.Queues.Find(connection, name) is null ? throw BatchFault.Client($"JobQueue '{name}' does not exist") : name;
    }

    private JsonObject Summary(SqliteConnection connection, SqliteDataReader row)
    {
        var id = row.GetString(2);
        var summary = new JsonObject
        {
            ["jobArn"] = batch.Names.Job(id),
            ["jobId"] = id,
            ["jobName"] = row.GetString(3),
            ["jobDefinition"] = row.GetString(4),
            ["status"] = JobStatuses.Format((JobStatus)row.GetInt32(6)),
            ["statusReason"] = row.TextOrNull(7),
            ["createdAt"] = row.GetInt64(8),
            ["startedAt"] = row.NumberOrNull(9),
            ["stoppedAt"] = row.NumberOrNull(10),
            ["container"] = JsonOutput.WithoutNulls(new JsonObject { ["exitCode"] = row.NumberOrNull(11), ["reason"] = row.TextOrNull(12) }),
            ["arrayProperties"] = row.NumberOrNull(5) is { } size
                ? new JsonObject { ["size"] = size, ["statusSummary"] = JobViews.Summary(connection, id) }
                : row.NumberOrNull(1) is { } index ? new JsonObject { ["index"] = index } : null,
        };
        return JsonOutput.WithoutNulls(summary);
    }

    /// <summary>The one filter that a call may have.</summary>
    private sealed record Filter(string Name, string Value)
    {
        private static readonly string[] Names = ["JOB_NAME", "JOB_DEFINITION", "BEFORE_CREATED_AT", "AFTER_CREATED_AT"];

        public static Filter? Read(JsonObject body)
        {
            var filters = body.Objects("filters");
            if (filters.Count == 0)
            {
                return null;
            }

            var name = filters[0].Required("name");
            var values = filters[0].Texts("values");
            return filters.Count == 1 && values.Count == 1 && Names.Contains(name) && body["arrayJobId"] is null
                ? new Filter(name, values[0])
                : throw BatchFault.Client($"filters takes one filter with one value, of a jobQueue: {string.Join(", ", Names)}");
        }

        /// <summary>For LIKE, which does not look at the case, as Batch does not.</summary>
        public string? Pattern(string name, string prefix)
        {
            if (Name != name)
            {
                return null;
            }

            var text = Value.StartsWith("arn:", StringComparison.Ordinal) ? Value : prefix + Value;
            var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal);
            return escaped.EndsWith('*') ? escaped[..^1] + "%"
                : name == "JOB_DEFINITION" && !Value.Contains(':', StringComparison.Ordinal) ? escaped + ":%" // every revision
                : escaped;
        }

        public long? Time(string name) => Name != name ? null
            : long.TryParse(Value, out var milliseconds) ? milliseconds
            : throw BatchFault.Client($"{name} '{Value}' must be milliseconds after 1970");
    }
}
