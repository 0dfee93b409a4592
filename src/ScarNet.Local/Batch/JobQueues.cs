using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>Calls on job queues.</summary>
internal sealed class JobQueues(BatchContext batch)
{
    private const int MaxPage = 100;
    private const int MaxEnvironments = 3;

    public async Task<JsonObject> Create(JsonObject body, CancellationToken cancellation)
    {
        var name = BatchNames.Checked("jobQueueName", body.Required("jobQueueName"));
        Unsupported.Check(body, "serviceEnvironmentOrder");
        JobRequest.CheckTags(body);
        var document = body.Copy("jobQueueName", "schedulingPolicyArn", "tags", "jobStateTimeLimitActions");
        document["jobQueueArn"] = batch.Names.Queue(name);
        document["state"] = ComputeEnvironments.State(body, "ENABLED");
        document["status"] = "VALID";
        document["statusReason"] = "JobQueue Healthy";
        document["priority"] = Priority(body) ?? throw BatchFault.Client("priority is required");
        await batch.Write(
            connection =>
            {
                document["computeEnvironmentOrder"] = Order(connection, body);
                Resources.Queues.Insert(connection, name, document);
                return true;
            },
            cancellation);
        return document.Copy("jobQueueName", "jobQueueArn");
    }

    public JsonObject Describe(JsonObject body) =>
        Describe(body, batch, Resources.Queues, "jobQueues", name => batch.Names.NameOf("job-queue", name), MaxPage);

    public async Task<JsonObject> Update(JsonObject body, CancellationToken cancellation)
    {
        var name = batch.Names.NameOf("job-queue", body.Required("jobQueue"));
        return await batch.Write(
            connection =>
            {
                var document = Resources.Queues.Find(connection, name) ?? throw Missing(name);
                if (body.Text("schedulingPolicyArn") is { } policy)
                {
                    document["schedulingPolicyArn"] = document["schedulingPolicyArn"] is null
                        ? throw BatchFault.Client($"JobQueue '{name}' is FIFO: a scheduling policy cannot be added to it")
                        : policy;
                }

                document["state"] = ComputeEnvironments.State(body, document.Required("state"));
                document["priority"] = Priority(body) ?? document.Integer("priority");
                if (body["computeEnvironmentOrder"] is not null)
                {
                    document["computeEnvironmentOrder"] = Order(connection, body);
                }

                Resources.Queues.Update(connection, name, document);
                StuckJobs.Reconsider(connection);
                return document.Copy("jobQueueName", "jobQueueArn");
            },
            cancellation);
    }

    /// <summary>Removes a DISABLED queue; as on AWS, its jobs are terminated.</summary>
    public async Task<JsonObject> Delete(JsonObject body, CancellationToken cancellation)
    {
        var name = batch.Names.NameOf("job-queue", body.Required("jobQueue"));
        var running = await batch.Write(
            connection =>
            {
                var document = Resources.Queues.Find(connection, name) ?? throw Missing(name);
                if (document.Text("state") != "DISABLED")
                {
                    throw BatchFault.Client($"Cannot delete, state of '{name}' must be DISABLED");
                }

                var jobs = connection.Rows(
                    "SELECT id FROM batch_jobs WHERE queue = $queue AND status < 5 AND parent IS NULL", row => row.GetString(0), ("$queue", name));
                var started = jobs.SelectMany(id => JobStops.Terminate(connection, id, "JobQueue deleted", batch.NowMs)).ToList();
                Resources.Queues.Delete(connection, name);
                return started;
            },
            cancellation);
        running.ForEach(batch.Scheduler.Terminate);
        return [];
    }

    /// <summary>Names of a queue's compute environments, in their order.</summary>
    public static IReadOnlyList<string> EnvironmentsOf(JsonObject queue) =>
        [.. queue.Objects("computeEnvironmentOrder").OrderBy(entry => entry.Integer("order"))
            .Select(entry => entry.Required("computeEnvironment").Split('/')[^1])];

    /// <summary>A page of resources, or those that are asked for by name or ARN; names that are not there are left out.</summary>
    internal static JsonObject Describe(
        JsonObject body, BatchContext batch, Resources resources, string member, Func<string, string> nameOf, int mostPage)
    {
        var names = body.Texts(member);
        if (names.Count > mostPage)
        {
            throw BatchFault.Client($"{member} may name at most {mostPage}, got {names.Count}");
        }

        if (names.Count > 0)
        {
            var found = batch.Database.Read(connection => names.Select(name => resources.Find(connection, nameOf(name))).OfType<JsonObject>().ToList());
            return new JsonObject { [member] = JsonOutput.List(found) };
        }

        var size = Pages.Size(body, mostPage);
        var after = Pages.Position(body, 0);
        var page = batch.Database.Read(connection => resources.List(connection, after, size));
        var answer = new JsonObject { [member] = JsonOutput.List(page.Select(entry => entry.Document)) };
        if (page.Count == size)
        {
            answer["nextToken"] = Pages.Token(page[^1].Position);
        }

        return answer;
    }

    private JsonArray Order(SqliteConnection connection, JsonObject body)
    {
        var entries = body.Objects("computeEnvironmentOrder");
        if (entries.Count is 0 or > MaxEnvironments)
        {
            throw BatchFault.Client($"computeEnvironmentOrder must have 1 to {MaxEnvironments} compute environments, got {entries.Count}");
        }

        return [.. entries.Select(entry =>
        {
            var name = batch.Names.NameOf("compute-environment", entry.Required("computeEnvironment"));
            return Resources.ComputeEnvironments.Find(connection, name) is null
                ? throw BatchFault.Client($"ComputeEnvironment '{name}' does not exist")
                : new JsonObject
                {
                    ["order"] = entry.Integer("order") ?? throw BatchFault.Client("order of computeEnvironmentOrder is required"),
                    ["computeEnvironment"] = batch.Names.ComputeEnvironment(name),
                };
        })];
    }

    private static int? Priority(JsonObject body) => body.Integer("priority") switch
    {
        null => null,
        >= 0 and <= 1000 => body.Integer("priority"),
        var priority => throw BatchFault.Client($"priority must be between 0 and 1000, got {priority}"),
    };

    private static Http.ApiException Missing(string name) => BatchFault.Client($"JobQueue '{name}' does not exist");
}
