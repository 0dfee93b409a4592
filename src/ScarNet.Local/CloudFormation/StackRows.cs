using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.CloudFormation;

/// <summary>Stacks, their change sets and what happened to them, within one transaction.</summary>
internal sealed class StackRows(SqliteConnection db)
{
    public IReadOnlyList<StackRecord> Stacks() =>
        db.Rows("SELECT document FROM cfn_stacks", row => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.StackRecord)!);

    /// <summary>By name those that are not gone, by id all; null when there is none.</summary>
    public StackRecord? Find(string nameOrId) => Stacks().FirstOrDefault(stack => stack.Id == nameOrId || (stack.Name == nameOrId && !stack.IsGone));

    /// <exception cref="Http.ApiException">There is none.</exception>
    public StackRecord Get(string? nameOrId) => Find(nameOrId ?? "") ?? throw StackFault.NoStack(nameOrId ?? "");

    /// <summary>The newest first.</summary>
    public IReadOnlyList<StackEvent> Events(string stackId) => db.Rows(
        "SELECT document FROM cfn_events WHERE stack = $stack ORDER BY number DESC",
        row => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.StackEvent)!,
        ("$stack", stackId));

    public IReadOnlyList<ChangeSetRecord> ChangeSets(string stackId) => db.Rows(
        "SELECT document FROM cfn_change_sets WHERE stack = $stack",
        row => JsonSerializer.Deserialize(row.GetString(0), StackJson.Default.ChangeSetRecord)!,
        ("$stack", stackId));

    /// <param name="name">Its name or id.</param>
    /// <param name="stack">Name or id of its stack; null when the first is an id.</param>
    /// <exception cref="Http.ApiException">There is none.</exception>
    public ChangeSetRecord ChangeSet(string? name, string? stack)
    {
        var stacks = stack is null ? Stacks() : [Get(stack)];
        return stacks.SelectMany(one => ChangeSets(one.Id)).OrderByDescending(set => set.Created).FirstOrDefault(set => set.Id == name || (set.Name == name && stack is not null))
            ?? throw StackFault.NoChangeSet(name ?? "");
    }

    public void Put(StackRecord stack, StackEvent? happened)
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
    }

    public void Put(ChangeSetRecord set) => db.Run(
        "INSERT INTO cfn_change_sets (id, stack, document) VALUES ($id, $stack, $document) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
        ("$id", set.Id),
        ("$stack", set.StackId),
        ("$document", JsonSerializer.Serialize(set, StackJson.Default.ChangeSetRecord)));

    public void Delete(ChangeSetRecord set) => db.Run("DELETE FROM cfn_change_sets WHERE id = $id", ("$id", set.Id));
}
