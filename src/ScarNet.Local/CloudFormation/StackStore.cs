using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.CloudFormation;

/// <summary>Stacks, their change sets and what happened to them, in the database.</summary>
internal sealed class StackStore(Database database)
{
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS cfn_stacks (id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS cfn_change_sets (id TEXT NOT NULL PRIMARY KEY, stack TEXT NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS cfn_events (number INTEGER PRIMARY KEY AUTOINCREMENT, stack TEXT NOT NULL, document TEXT NOT NULL);
        """;

    public IReadOnlyList<StackRecord> Stacks() => database.Read(db => db.Rows("SELECT document FROM cfn_stacks", Stack));

    /// <summary>By name those that are not gone, by id all; null when there is none.</summary>
    public StackRecord? Find(string nameOrId) => Stacks().FirstOrDefault(stack => stack.Id == nameOrId || (stack.Name == nameOrId && !stack.IsGone));

    /// <exception cref="Http.ApiException">There is none.</exception>
    public StackRecord Get(string? nameOrId) => Find(nameOrId ?? "") ?? throw StackFault.NoStack(nameOrId ?? "");

    public Task Save(StackRecord stack, StackEvent? happened, CancellationToken cancellation) => database.Write(
        db =>
        {
            db.Run(
                "INSERT INTO cfn_stacks (id, document) VALUES ($id, $document) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                ("$id", stack.Id),
                ("$document", JsonSerializer.Serialize(stack, StackJson.Default.StackRecord)));
            if (happened is not null)
            {
                db.Run(
                    "INSERT INTO cfn_events (stack, document) VALUES ($stack, $document)",
                    ("$stack", stack.Id),
                    ("$document", JsonSerializer.Serialize(happened, StackJson.Default.StackEvent)));
            }
        },
        cancellation);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StackEvent> Events(string stackId) => database.Read(db => db.Rows(
        "SELECT document FROM cfn_events WHERE stack = $stack ORDER BY number DESC",
        row => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.StackEvent)!,
        ("$stack", stackId)));

    public IReadOnlyList<ChangeSetRecord> ChangeSets(string stackId) => database.Read(db => db.Rows(
        "SELECT document FROM cfn_change_sets WHERE stack = $stack",
        row => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.ChangeSetRecord)!,
        ("$stack", stackId)));

    /// <param name="name">Its name or id.</param>
    /// <param name="stack">Name or id of its stack; null when the first is an id.</param>
    /// <exception cref="Http.ApiException">There is none.</exception>
    public ChangeSetRecord ChangeSet(string? name, string? stack)
    {
        var stacks = stack is null ? Stacks() : [Get(stack)];
        return stacks.SelectMany(one => ChangeSets(one.Id)).OrderByDescending(set => set.Created).FirstOrDefault(set => set.Id == name || (set.Name == name && stack is not null))
            ?? throw StackFault.NoChangeSet(name ?? "");
    }

    public Task Save(ChangeSetRecord set, CancellationToken cancellation) => database.Write(
        db => db.Run(
            "INSERT INTO cfn_change_sets (id, stack, document) VALUES ($id, $stack, $document) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
            ("$id", set.Id),
            ("$stack", set.StackId),
            ("$document", JsonSerializer.Serialize(set, StackJson.Default.ChangeSetRecord))),
        cancellation);

    public Task Delete(ChangeSetRecord set, CancellationToken cancellation) =>
        database.Write(db => db.Run("DELETE FROM cfn_change_sets WHERE id = $id", ("$id", set.Id)), cancellation);

    private static StackRecord Stack(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.StackRecord)!;
}
