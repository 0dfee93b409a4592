using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>The tag calls: <c>/v1/tags/{arn}</c>.</summary>
internal sealed class Tags(BatchContext batch)
{
    public JsonObject List(string arn) =>
        new() { ["tags"] = batch.Database.Read(connection => Open(connection, arn)).Document["tags"]?.DeepClone() ?? new JsonObject() };

    public Task<JsonObject> Add(string arn, JsonObject body, CancellationToken cancellation) => Change(
        arn,
        tags =>
        {
            foreach (var (key, value) in body.Map("tags"))
            {
                tags[key] = value;
            }
        },
        cancellation);

    public Task<JsonObject> Remove(string arn, IReadOnlyList<string> keys, CancellationToken cancellation) => Change(
        arn,
        tags =>
        {
            foreach (var key in keys)
            {
                tags.Remove(key);
            }
        },
        cancellation);

    private Task<JsonObject> Change(string arn, Action<JsonObject> change, CancellationToken cancellation) => batch.Write(
        connection =>
        {
            var (document, save) = Open(connection, arn);
            var tags = document.Object("tags") ?? [];
            change(tags);
            document["tags"] = tags.DeepClone();
            JobRequest.CheckTags(document);
            save(document);
            return new JsonObject();
        },
        cancellation);

    private (JsonObject Document, Action<JsonObject> Save) Open(SqliteConnection connection, string arn)
    {
        var (kind, name) = batch.Names.Split(arn);
        return kind switch
        {
            "compute-environment" => (Resources.ComputeEnvironments.Find(connection, name) ?? throw Missing(arn),
                document => Resources.ComputeEnvironments.Update(connection, name, document)),
            "job-queue" => (Resources.Queues.Find(connection, name) ?? throw Missing(arn),
                document => Resources.Queues.Update(connection, name, document)),
            "job-definition" => OpenRow(
                connection,
                "SELECT document FROM batch_definitions WHERE name || ':' || revision = $id",
                "UPDATE batch_definitions SET document = $document WHERE name || ':' || revision = $id",
                name,
                arn),
            _ => OpenRow(
                connection,
                "SELECT document FROM batch_jobs WHERE id = $id AND document IS NOT NULL",
                "UPDATE batch_jobs SET document = $document WHERE id = $id",
                name,
                arn),
        };
    }

    private static (JsonObject Document, Action<JsonObject> Save) OpenRow(
        SqliteConnection connection, string find, string update, string id, string arn) => (
        connection.Rows(find, row => Resources.Parse(row.GetString(0)), ("$id", id)).FirstOrDefault() ?? throw Missing(arn),
        document => connection.Run(update, ("$document", JsonOutput.Text(document)), ("$id", id)));

    private static Http.ApiException Missing(string arn) => BatchFault.Client($"there is no resource '{arn}' with tags");
}
