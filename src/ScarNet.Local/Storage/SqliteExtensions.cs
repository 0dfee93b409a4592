using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Storage;

public static class SqliteExtensions
{
    /// <summary>A prepared statement, kept by the connection between uses. Only for connections that <see cref="Database"/> hands out.</summary>
    /// <param name="connection">What a read or write of <see cref="Database"/> was given.</param>
    /// <param name="sql">A constant text: each one is kept for good.</param>
    public static Statement Prepare(this SqliteConnection connection, string sql) => ((CachingConnection)connection).Statement(sql);
}
