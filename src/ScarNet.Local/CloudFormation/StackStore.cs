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

    public T Read<T>(Func<StackRows, T> look) => database.Read(db => look(new(db)));

    /// <summary>Decides on what is there at that moment, and writes: of two who ask at once the second sees what the first has done.</summary>
    public Task<T> Write<T>(Func<StackRows, T> change, CancellationToken cancellation) => database.Write(db => change(new(db)), cancellation);

    /// <inheritdoc cref="StackRows.Find"/>
    public StackRecord? Find(string nameOrId) => Read(rows => rows.Find(nameOrId));

    /// <inheritdoc cref="StackRows.Get"/>
    public StackRecord Get(string? nameOrId) => Read(rows => rows.Get(nameOrId));
}
