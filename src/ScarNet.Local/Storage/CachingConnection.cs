using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Storage;

/// <summary>A connection that keeps its prepared statements. As every connection, for one thread at a time.</summary>
internal sealed class CachingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, Statement> statements = [];

    /// <summary>A statement ready to be bound. Dispose gives it back.</summary>
    public Statement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(this, sql, cached: true);
            statements.Add(sql, statement);
        }

        return statement.TryTake() ? statement : new Statement(this, sql, cached: false);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var statement in statements.Values)
        {
            statement.Close();
        }

        statements.Clear();
        base.Dispose(disposing);
    }
}
