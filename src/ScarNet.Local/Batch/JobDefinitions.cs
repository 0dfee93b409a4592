using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>Calls on job definitions.</summary>
internal sealed class JobDefinitions(BatchContext batch)
{
    /// <summary>Source: docs.aws.amazon.com/batch/latest/userguide/service_limits.html</summary>
    public const int MaxBytes = 24 * 1024;

    private const int MaxPage = 100;

    /// <param name="body">The request.</param>
    /// <param name="bytes">Its length on the wire.</param>
    /// <param name="cancellation">The client went away.</param>
    public async Task<JsonObject> Register(JsonObject body, long bytes, CancellationToken cancellation)
    {
        if (bytes > MaxBytes)
        {
            throw BatchFault.Client($"Job definition size must be less than {MaxBytes / 1024} KiB, got {(bytes + 1023) / 1024} KiB");
        }

        var name = BatchNames.Checked("jobDefinitionName", body.Required("jobDefinitionName"));
        Check(body);
        var document = body.Copy(
            "jobDefinitionName", "type", "parameters", "schedulingPriority", "containerProperties", "ecsProperties", "retryStrategy", "propagateTags", "timeout",
            "tags", "platformCapabilities");
        document["containerOrchestrationType"] = "ECS";
        return await batch.Write(connection => Insert(connection, name, document), cancellation);
    }

    public JsonObject Describe(JsonObject body)
    {
        var size = Pages.Size(body, MaxPage);
        var before = Pages.Position(body, long.MaxValue);
        var asked = body.Texts("jobDefinitions").Select(Parse).ToList();
        if (asked.Count > MaxPage)
        {
            throw BatchFault.Client($"jobDefinitions may name at most {MaxPage}, got {asked.Count}");
        }

        var only = body.Text("jobDefinitionName") is { Length: > 0 } name ? Parse(name) : default;
        var active = body.Text("status") switch
        {
            null or "" => (int?)null,
            "ACTIVE" => 1,
            "INACTIVE" => 0,
            var status => throw BatchFault.Client($"status '{status}' must be ACTIVE or INACTIVE"),
        };
        var page = batch.Database.Read(connection => asked.Count > 0
            ? [.. asked.SelectMany(entry => List(connection, entry, active, long.MaxValue, MaxPage))]
            : List(connection, only, active, before, size));
        var answer = new JsonObject { ["jobDefinitions"] = JsonOutput.List(page.Select(entry => entry.Document)) };
        if (asked.Count == 0 && page.Count == size)
        {
            answer["nextToken"] = Pages.Token(page[^1].Position);
        }

        return answer;
    }

    public async Task<JsonObject> Deregister(JsonObject body, CancellationToken cancellation)
    {
        var (name, revision) = Parse(body.Required("jobDefinition"));
        if (revision is null)
        {
            throw BatchFault.Client($"jobDefinition '{name}' must be name:revision or an ARN");
        }

        return await batch.Write(
            connection => connection.Run(
                "UPDATE batch_definitions SET active = 0 WHERE name = $name AND revision = $revision", ("$name", name), ("$revision", revision)) == 0
                ? throw BatchFault.Client($"JobDefinition '{name}:{revision}' does not exist")
                : new JsonObject(),
            cancellation);
    }

    /// <summary>The definition that a job is to be made of: the newest ACTIVE one when no revision is given.</summary>
    public (string Arn, JsonObject Document) Resolve(SqliteConnection connection, string reference)
    {
        var asked = Parse(reference);
        var (_, document) = List(connection, asked, asked.Revision is null ? 1 : null, long.MaxValue, 1).FirstOrDefault();
        return document is null ? throw BatchFault.Client($"JobDefinition '{reference}' does not exist or is not ACTIVE")
            : document.Text("status") == "ACTIVE" ? (document.Required("jobDefinitionArn"), document)
            : throw BatchFault.Client($"JobDefinition '{reference}' is not ACTIVE");
    }

    /// <summary>Name and, if it has one, revision of <c>name</c>, <c>name:revision</c> or an ARN.</summary>
    public (string Name, long? Revision) Parse(string reference)
    {
        var name = batch.Names.NameOf("job-definition", reference);
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, null)
            : long.TryParse(name[(colon + 1)..], out var revision) ? (name[..colon], revision)
            : throw BatchFault.Client($"jobDefinition '{reference}' must be a name, name:revision or an ARN");
    }

    private static void Check(JsonObject body)
    {
        var type = body.Required("type");
        if (type != "container")
        {
            throw BatchFault.Client($"the local engine runs job definitions of the type container, not '{type}'");
        }

        Unsupported.Check(body, "nodeProperties", "eksProperties", "consumableResourceProperties");
        switch (body.Object("containerProperties"), body.Object("ecsProperties"))
        {
            case ({ } container, null):
                ContainerMerge.Check(container);
                break;
            case (null, { } ecs):
                TaskContainer.Check(ecs);
                break;
            default:
                throw BatchFault.Client("containerProperties or ecsProperties is required for the type container, and not both");
        }

        body.Map("parameters");
        JobRequest.CheckRetry(body);
        JobRequest.CheckTimeout(body);
        JobRequest.CheckTags(body);
    }

    private JsonObject Insert(SqliteConnection connection, string name, JsonObject document)
    {
        var revision = (connection.Number("SELECT max(revision) FROM batch_definitions WHERE name = $name", ("$name", name)) ?? 0) + 1;
        document["revision"] = revision;
        document["jobDefinitionArn"] = batch.Names.Definition(name, revision);
        connection.Run(
            "INSERT INTO batch_definitions (name, revision, document) VALUES ($name, $revision, $document)",
            ("$name", name), ("$revision", revision), ("$document", JsonOutput.Text(document)));
        return document.Copy("jobDefinitionName", "jobDefinitionArn", "revision");
    }

    /// <summary>Newest first.</summary>
    private static List<(long Position, JsonObject Document)> List(
        SqliteConnection connection, (string? Name, long? Revision) asked, int? active, long before, int most) => connection.Rows(
        """
        SELECT seq, active, document FROM batch_definitions
        WHERE seq < $before AND ($name IS NULL OR name = $name) AND ($revision IS NULL OR revision = $revision)
            AND ($active IS NULL OR active = $active)
        ORDER BY seq DESC LIMIT $most
        """,
        row =>
        {
            var document = Resources.Parse(row.GetString(2));
            document["status"] = row.GetInt64(1) == 1 ? "ACTIVE" : "INACTIVE";
            return (row.GetInt64(0), document);
        },
        ("$before", before), ("$name", asked.Name), ("$revision", asked.Revision), ("$active", active), ("$most", most));
}
