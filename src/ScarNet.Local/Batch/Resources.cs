using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>Compute environments and queues as they are stored: one document each, found by name.</summary>
internal sealed class Resources
{
    public static readonly Resources ComputeEnvironments = new(
        "SELECT document FROM batch_compute_environments WHERE name = $name",
        "SELECT seq, document FROM batch_compute_environments WHERE seq > $after ORDER BY seq LIMIT $most",
        "INSERT INTO batch_compute_environments (name, document) VALUES ($name, $document)",
        "UPDATE batch_compute_environments SET document = $document WHERE name = $name",
        "DELETE FROM batch_compute_environments WHERE name = $name");

    public static readonly Resources Queues = new(
        "SELECT document FROM batch_queues WHERE name = $name",
        "SELECT seq, document FROM batch_queues WHERE seq > $after ORDER BY seq LIMIT $most",
        "INSERT INTO batch_queues (name, document) VALUES ($name, $document)",
        "UPDATE batch_queues SET document = $document WHERE name = $name",
        "DELETE FROM batch_queues WHERE name = $name");

    private readonly string find;
    private readonly string list;
    private readonly string insert;
    private readonly string update;
    private readonly string delete;

    private Resources(string find, string list, string insert, string update, string delete)
    {
        this.find = find;
        this.list = list;
        this.insert = insert;
        this.update = update;
        this.delete = delete;
    }

    public JsonObject? Find(SqliteConnection connection, string name) =>
        connection.Rows(find, row => Parse(row.GetString(0)), ("$name", name)).FirstOrDefault();

    /// <summary>In the order of their creation.</summary>
    public List<(long Position, JsonObject Document)> List(SqliteConnection connection, long after, int most) =>
        connection.Rows(list, row => (row.GetInt64(0), Parse(row.GetString(1))), ("$after", after), ("$most", most));

    public void Insert(SqliteConnection connection, string name, JsonObject document)
    {
        if (Find(connection, name) is not null)
        {
            throw BatchFault.Client($"Object already exists: '{name}'");
        }

        connection.Run(insert, ("$name", name), ("$document", JsonOutput.Text(document)));
    }

    public void Update(SqliteConnection connection, string name, JsonObject document) =>
        connection.Run(update, ("$name", name), ("$document", JsonOutput.Text(document)));

    public void Delete(SqliteConnection connection, string name) => connection.Run(delete, ("$name", name));

    public static JsonObject Parse(string document) => JsonNode.Parse(document)!.AsObject();
}
