using Microsoft.Data.Sqlite;
using ScarNet.Local.Logs;
using ScarNet.Local.Status;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Takes rows of the <see cref="AsyncQueue"/> to the <see cref="Invoker"/>: of each function the oldest first, and among functions the
/// one with the fewest running, so that a long backlog of one does not hold up those that work on its outputs. It knows ids of a few
/// rows only, however many there are.
/// </summary>
internal sealed class AsyncDispatcher(
    Database database,
    AsyncQueue queue,
    FunctionStore functions,
    InvocationSlots slots,
    Invoker invoker,
    AsyncEnding ending,
    LogWriter logs,
    Activity activity,
    EngineSettings settings) : IDisposable
{
    /// <summary>Attempts that have ended but are not written down yet, at most.</summary>
    private const int MostEnding = 256;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Lanes lanes = new();
    private readonly TimeProvider clock = settings.Clock;
    private readonly SemaphoreSlim room = new(MostEnding);
    private volatile Exception? bug;

    /// <summary>Ids that are being worked on, by function.</summary>
    public IReadOnlyDictionary<string, int> Running() => lanes.Running();

    /// <summary>Works until cancelled; then waits for the attempts that it has cut off.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await StartNext(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the engine stops
        }

        for (var i = 0; i < MostEnding; i++)
        {
            await room.WaitAsync(CancellationToken.None);
        }

        if (bug is { } e)
        {
            throw new InvalidOperationException($"an asynchronous invocation could not be dispatched: {e.Message}", e);
        }
    }

    public void Dispose() => room.Dispose();

    private async Task StartNext(CancellationTokenSource stop)
    {
        var wait = Refill(everything: lanes.Choose(HasRoom) is null);
        if (lanes.Choose(HasRoom) is null)
        {
            await queue.WaitForArrival(wait, stop.Token);
            return;
        }

        await room.WaitAsync(stop.Token);
        try
        {
            await slots.Wait(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch
        {
            room.Release();
            throw;
        }

        if (!TryStart(stop))
        {
            slots.GiveBack();
            room.Release();
        }
    }

    private bool HasRoom(string functionArn) =>
        functions.Resolve(functionArn) is not { } function || slots.HasRoom(function);

    /// <summary>Reads the next ids of lanes that have run out of them.</summary>
    /// <param name="everything">Whether to look for new functions, and at lanes that had no more.</param>
    /// <returns>How long nothing more can become due by itself; only with everything.</returns>
    private TimeSpan Refill(bool everything)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var next = database.Read(db =>
        {
            List<string> names = everything ? AsyncQueue.Functions(db) : [];
            foreach (var (arn, most) in lanes.Wanting(names))
            {
                lanes.Fill(arn, AsyncQueue.Due(db, arn, now, most), most);
            }

            return names.Select(arn => AsyncQueue.NextDueMs(db, arn, now)).Min();
        });
        var wait = next is { } ms ? TimeSpan.FromMilliseconds(Math.Max(1, ms - now)) : LongestWait;
        return wait < LongestWait ? wait : LongestWait;
    }

    private bool TryStart(CancellationTokenSource stop)
    {
        if (lanes.Choose(HasRoom) is not { } arn)
        {
            return false;
        }

        var function = functions.Resolve(arn);
        if (function is not null && !slots.TryEnter(function))
        {
            return false;
        }

        var id = lanes.Start(arn);
        _ = Task.Run(() => Work(arn, id, function, stop), CancellationToken.None); // Run waits for it, by room
        return true;
    }

    private async Task Work(string arn, long id, FunctionRecord? function, CancellationTokenSource stop)
    {
        var cancellation = stop.Token;
        try
        {
            activity.Changed();
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (database.Read(db => AsyncQueue.Read(db, id, now)) is { } row)
            {
                var (outcome, result) = await Attempt(row, function, cancellation);
                await WriteDown(row, function, outcome, result, cancellation);
            }
            else
            {
                LeaveSlot(function);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The row stays: the next engine begins the attempt again.
        }
        catch (Exception e)
        {
            bug = e;
            await stop.CancelAsync();
        }
        finally
        {
            lanes.End(arn, id);
            room.Release();
            queue.Signal(); // a function's own bound may have room again, and a retry has its time
            activity.Changed();
        }
    }

    private async Task<(AsyncOutcome Outcome, InvocationResult? Result)> Attempt(
        AsyncInvocation row, FunctionRecord? function, CancellationToken cancellation)
    {
        try
        {
            var early = AsyncRules.BeforeAttempt(row, function, clock.GetUtcNow());
            if (early is { } outcome)
            {
                return (outcome, null);
            }

            var invocation = new Invocation(row.RequestId, row.FunctionArn, row.Payload, Invocation.NewTraceId(clock.GetUtcNow()));
            var result = await invoker.Run(function!, invocation, cancellation);
            return (AsyncRules.AfterAttempt(row, function!, result.Succeeded, clock.GetUtcNow(), settings.LambdaRetryWaits), result);
        }
        finally
        {
            LeaveSlot(function);
        }
    }

    private void LeaveSlot(FunctionRecord? function)
    {
        if (function is null)
        {
            slots.GiveBack();
        }
        else
        {
            slots.Leave(function.Name);
        }
    }

    /// <summary>Tries until the disk has room again; gives up only when the engine stops.</summary>
    private async Task WriteDown(
        AsyncInvocation row, FunctionRecord? function, AsyncOutcome outcome, InvocationResult? result, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await logs.Flush(cancellation); // what is over can be read
                await ending.Write(row, function, outcome, result, cancellation);
                return;
            }
            catch (SqliteException e) when (!cancellation.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: the end of request {row.RequestId} cannot be written: {e.Message}; trying again");
                await Task.Delay(RetryPause, cancellation);
            }
        }
    }
}
