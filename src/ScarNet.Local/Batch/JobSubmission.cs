using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Batch;

/// <summary>SubmitJob. The job is durable when it is answered.</summary>
internal sealed class JobSubmission(BatchContext batch, JobDefinitions definitions)
{
    private const string FunctionVariable = "SCARNET_FUNCTION";
    private const string FunctionTag = "scarnet:function";

    /// <param name="body">The request.</param>
    /// <param name="bytes">Its length on the wire.</param>
    /// <param name="cancellation">The client went away.</param>
    public async Task<JsonObject> Submit(JsonObject body, long bytes, CancellationToken cancellation)
    {
        var request = JobRequest.Read(body, bytes);
        var id = Guid.NewGuid().ToString();
        await batch.Write(
            connection =>
            {
                Insert(connection, id, request);
                return true;
            },
            cancellation);
        return new JsonObject { ["jobArn"] = batch.Names.Job(id), ["jobName"] = request.Name, ["jobId"] = id };
    }

    private void Insert(SqliteConnection connection, string id, JobRequest request)
    {
        var queue = Queue(connection, request);
        var (arn, definition) = definitions.Resolve(connection, request.Definition);
        var document = request.Document(id, definition);
        var plan = JobPlan.Read(document);
        var function = plan.Environment.GetValueOrDefault(FunctionVariable)
            ?? document.Map("tags").GetValueOrDefault(FunctionTag)
            ?? definition.Map("tags").GetValueOrDefault(FunctionTag);
        JobInserts.Insert(
            connection,
            new NewJob(id, request.Name, queue, arn, function, request.ArraySize, plan.MilliCpus, document, batch.NowMs),
            request.DependsOn);
    }

    private string Queue(SqliteConnection connection, JobRequest request)
    {
        var name = batch.Names.NameOf("job-queue", request.Queue);
        var queue = Resources.Queues.Find(connection, name) ?? throw BatchFault.Client($"JobQueue '{name}' does not exist");
        if (queue.Text("state") != "ENABLED")
        {
            throw BatchFault.Client($"JobQueue '{name}' is DISABLED: it takes no jobs");
        }

        var share = request.Body.Text("shareIdentifier");
        return (queue["schedulingPolicyArn"], share) switch
        {
            (null, not null) => throw BatchFault.Client($"shareIdentifier must not be given: JobQueue '{name}' has no scheduling policy"),
            (not null, null) => throw BatchFault.Client($"shareIdentifier is required: JobQueue '{name}' has a scheduling policy"),
            (not null, var text) when text.Length is 0 or > 255 || !text.All(char.IsAsciiLetterOrDigit) =>
                throw BatchFault.Client($"shareIdentifier '{text}' must be 1 to 255 letters and digits"),
            _ => name,
        };
    }
}
