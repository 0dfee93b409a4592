using System.Collections.Concurrent;
using System.Text.Json;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Lambda;

/// <summary>The functions: in the database, and in memory for those who ask at every event. Thread-safe.</summary>
internal sealed class FunctionStore : IDisposable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS lambda_functions (name TEXT PRIMARY KEY, record TEXT NOT NULL);
        """;

    private readonly ConcurrentDictionary<string, FunctionRecord> functions;
    private readonly SemaphoreSlim changing = new(1);
    private readonly Database database;

    public FunctionStore(Database database)
    {
        this.database = database;
        var all = database.Read(db => db.Rows(
            "SELECT record FROM lambda_functions",
            row => JsonSerializer.Deserialize(row.GetString(0), FunctionJson.Default.FunctionRecord)!));
        functions = new(all.Select(f => KeyValuePair.Create(f.Name, f)));
    }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<FunctionRecord> All => [.. functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal)];

    public FunctionRecord? Find(string name) => functions.GetValueOrDefault(name);

    /// <summary>What an ARN or name stands for now, with the settings of its version or alias; null when there is no such thing.</summary>
    public FunctionRecord? Resolve(string text) =>
        FunctionName.Parse(text) is var (name, qualifier) && Find(name) is { } function ? FunctionVersions.At(function, qualifier) : null;

    /// <summary>Whether a record is what its function, or that version of it, still is.</summary>
    public bool IsPresent(FunctionRecord record) =>
        Find(record.Name) is { } function
        && (function.DeploymentId == record.DeploymentId || function.Versions.Any(version => version.DeploymentId == record.DeploymentId));

    /// <exception cref="ApiException">There is one of that name.</exception>
    public async Task Add(FunctionRecord function, CancellationToken cancellation)
    {
        using var turn = await Turn(cancellation);
        if (functions.ContainsKey(function.Name))
        {
            throw LambdaFault.Exists($"Function already exist: {function.Name}");
        }

        await Save(function, cancellation);
    }

    /// <summary>Replaces a function by what a pure change makes of it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="revisionId">The revision that must still be the present one; null is any.</param>
    /// <param name="change">Called once.</param>
    /// <param name="cancellation">Before it is stored.</param>
    /// <param name="newRevision">Whether it changes $LATEST, which then has another revision.</param>
    /// <exception cref="ApiException">There is none of that name, or it has another revision.</exception>
    public async Task<FunctionRecord> Change(
        string name, string? revisionId, Func<FunctionRecord, FunctionRecord> change, CancellationToken cancellation, bool newRevision = true)
    {
        using var turn = await Turn(cancellation);
        var present = Find(name) ?? throw LambdaFault.NotFound(name);
        if (revisionId is not null && revisionId != present.RevisionId)
        {
            throw LambdaFault.RevisionMismatch();
        }

        var changed = change(present);
        changed = newRevision ? changed with { RevisionId = Guid.NewGuid().ToString() } : changed;
        await Save(changed, cancellation);
        return changed;
    }

    /// <exception cref="ApiException">There is none of that name.</exception>
    public async Task Remove(string name, CancellationToken cancellation)
    {
        using var turn = await Turn(cancellation);
        if (!functions.ContainsKey(name))
        {
            throw LambdaFault.NotFound(name);
        }

        await database.Write(
            db =>
            {
                db.Run("DELETE FROM lambda_functions WHERE name = $name", ("$name", name));
                Outcomes.Forget(db, name);
            },
            cancellation);
        functions.TryRemove(name, out _);
    }

    public void Dispose() => changing.Dispose();

    private async Task Save(FunctionRecord function, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(function, FunctionJson.Default.FunctionRecord);
        await database.Write(
            db => db.Run(
                "INSERT INTO lambda_functions VALUES ($name, $record) ON CONFLICT (name) DO UPDATE SET record = $record",
                ("$name", function.Name), ("$record", json)),
            cancellation);
        functions[function.Name] = function;
    }

    private async Task<IDisposable> Turn(CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        return new TurnEnd(changing);
    }

    private sealed class TurnEnd(SemaphoreSlim changing) : IDisposable
    {
        public void Dispose() => changing.Release();
    }
}
