using Microsoft.Data.Sqlite;

namespace ScarNet.Local.Storage;

/// <summary>
/// The engine's SQLite file. One writer commits what has queued up as one transaction (so that many small writes share one fsync);
/// readers never wait for it (WAL). A write is durable once its task completes. Thread-safe.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int MaxWritesPerTransaction = 512;

    private readonly WriteQueue writes = new();
    private readonly System.Collections.Concurrent.ConcurrentBag<CachingConnection> readers = [];
    private readonly string connectionString;
    private readonly CachingConnection writer;
    private readonly Task loop;

    private Database(string file)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        writer = Connect();
        loop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Called on the writer's thread at the end of every transaction, for what follows from its writes. It must be short; when it throws, only
    /// what it has written itself is undone.
    /// </summary>
    public Action<SqliteConnection>? BeforeCommit { get; set; }

    /// <summary>Called on the writer's thread after every transaction: it must be short.</summary>
    public Action? Committed { get; set; }

    /// <summary>Opens or creates the file and brings its tables up to date.</summary>
    /// <param name="file">Path of the database file; its directory exists.</param>
    /// <param name="schema">Every service's <c>CREATE TABLE IF NOT EXISTS</c> text.</param>
    public static Database Open(string file, IEnumerable<string> schema)
    {
        SqliteLibrary.Initialize();
        var database = new Database(file);
        foreach (var text in schema)
        {
            Execute(database.writer, text);
        }

        return database;
    }

    /// <summary>
    /// Runs a write in the next transaction and completes when that is durable. A write that throws undoes only itself.
    /// It runs on the writer's own thread: it must be short, and must not wait for anything.
    /// </summary>
    /// <param name="work">What to write.</param>
    /// <param name="cancellation">Only before it is queued: what is queued is written.</param>
    public Task<T> Write<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingWrite<T>(work);
        writes.Add(pending);
        return pending.Done;
    }

    /// <inheritdoc cref="Write{T}(Func{SqliteConnection, T}, CancellationToken)"/>
    public Task Write(Action<SqliteConnection> work, CancellationToken cancellation) =>
        Write(
            connection =>
            {
                work(connection);
                return true;
            },
            cancellation);

    /// <summary>Reads what was committed. Everything must be read out before it returns.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = Connect();
        }

        try
        {
            return work(connection);
        }
        finally
        {
            readers.Add(connection); // statements reset themselves, so one that threw is as good
        }
    }

    public async ValueTask DisposeAsync()
    {
        writes.Close();
        await loop;
        while (readers.TryTake(out var reader))
        {
            await reader.DisposeAsync();
        }

        await writer.DisposeAsync();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private CachingConnection Connect()
    {
        var connection = new CachingConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;");
        return connection;
    }

    private void WriteLoop()
    {
        var batch = new List<IPendingWrite>(MaxWritesPerTransaction);
        while (writes.Take(batch, MaxWritesPerTransaction))
        {
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<IPendingWrite> batch)
    {
        try
        {
            Control("BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                Control("SAVEPOINT w");
                if (!write.Run(writer))
                {
                    Control("ROLLBACK TO w");
                }

                Control("RELEASE w");
            }

            Follow();
            Control("COMMIT");
            batch.ForEach(write => write.Complete(null));
            Committed?.Invoke();
        }
        catch (SqliteException e)
        {
            batch.ForEach(write => write.Complete(e));
            Rollback();
        }
    }

    private void Follow()
    {
        if (BeforeCommit is null)
        {
            return;
        }

        Control("SAVEPOINT f");
        try
        {
            BeforeCommit(writer);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            Control("ROLLBACK TO f");
            Console.Error.WriteLine($"scarnet: engine: what follows from a change failed: {e}");
        }

        Control("RELEASE f");
    }

    private void Control(string sql)
    {
        using var statement = writer.Prepare(sql);
        statement.Run();
    }

    private void Rollback()
    {
        try
        {
            Control("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself (disk full, I/O error).
        }
    }
}
