using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Logs;

/// <summary>
/// Writes what the engine's own processes say. Lines are gathered while the previous transaction is being written, so that hundreds of
/// invocations a second cost a few transactions. Thread-safe.
/// </summary>
public sealed class LogWriter : IAsyncDisposable
{
    private const int MostLines = 2000;
    private const long MostCharacters = 1 << 20;
    private const long RoomCharacters = 8 << 20;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Channel<Item> items =
        Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true }); // bounded by WaitForRoom

    private readonly CancellationTokenSource stopped = new();
    private readonly ManualResetEventSlim room = new(true);
    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly Task loop;
    private long unwritten;

    public LogWriter(Database database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
        loop = Run();
    }

    /// <summary>Adds one event at the present time. Never waits.</summary>
    public void Add(LogTarget target, string message)
    {
        if (Interlocked.Add(ref unwritten, message.Length) > RoomCharacters)
        {
            room.Reset();
        }

        items.Writer.TryWrite(new Item(target, clock.GetUtcNow().ToUnixTimeMilliseconds(), message, null));
    }

    /// <summary>Blocks the calling thread while more than 8 MiB of text wait to be written. For the threads that read processes' output.</summary>
    public void WaitForRoom()
    {
        try
        {
            room.Wait(stopped.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the rest is small, for the processes are being ended.
        }
    }

    /// <summary>Completes when all that was added before is durable.</summary>
    public async Task Flush(CancellationToken cancellation)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (items.Writer.TryWrite(new Item(null, 0, "", written)))
        {
            await written.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Writes what is left and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        items.Writer.TryComplete();
        await stopped.CancelAsync();
        await loop;
        stopped.Dispose();
        room.Dispose();
    }

    private static void Write(SqliteConnection db, List<Item> batch, long nowMs)
    {
        foreach (var lines in batch.Where(item => item.Target is not null).GroupBy(item => item.Target!))
        {
            LogStore.AddGroup(db, lines.Key.Group, "{}", nowMs);
            var group = LogStore.Group(db, lines.Key.Group)!.Id;
            LogStore.AddStream(db, group, lines.Key.Stream, nowMs);
            var stream = LogStore.Stream(db, group, lines.Key.Stream)!.Id;
            LogEvents.Append(db, group, stream, [.. lines.Select(line => (line.Ms, line.Message))], nowMs);
        }
    }

    private async Task Run()
    {
        var batch = new List<Item>();
        while (await items.Reader.WaitToReadAsync())
        {
            var characters = 0L;
            while (batch.Count < MostLines && characters < MostCharacters && items.Reader.TryRead(out var item))
            {
                batch.Add(item);
                characters += item.Message.Length;
            }

            await Commit(batch);
            batch.ForEach(item => item.Written?.TrySetResult());
            batch.Clear();
            if (Interlocked.Add(ref unwritten, -characters) <= RoomCharacters)
            {
                room.Set();
            }
        }
    }

    /// <summary>Tries until the disk has room again; gives up only when the engine stops.</summary>
    private async Task Commit(List<Item> batch)
    {
        while (true)
        {
            try
            {
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                await database.Write(db => Write(db, batch, now), CancellationToken.None);
                return;
            }
            catch (SqliteException e) when (!stopped.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: logs cannot be written: {e.Message}; trying again");
                await Task.Delay(RetryPause);
            }
        }
    }

    private sealed record Item(LogTarget? Target, long Ms, string Message, TaskCompletionSource? Written);
}
