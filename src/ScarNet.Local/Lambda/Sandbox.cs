using System.Security.Cryptography;
using ScarNet.Local.Logs;

namespace ScarNet.Local.Lambda;

/// <summary>
/// One warm runtime of a function, which takes one invocation after the other over the Runtime API. Its token is the only key to its
/// part of that API. Thread-safe.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    /// <summary>
    /// AWS gives the Init phase ten seconds, and when it fails repeats it within the function's own time. Source:
    /// docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
    /// </summary>
    private const int LeastInitSeconds = 10;

    private readonly Lock gate = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogWriter logs;
    private readonly LogTarget target;
    private readonly long logBound;
    private readonly TimeProvider clock;
    private TaskCompletionSource<Offer> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Offer? current;
    private RuntimeAnswer? initError;
    private volatile OutputLog log;

    public Sandbox(FunctionRecord function, LogWriter logs, long logBound, TimeProvider clock)
    {
        Function = function;
        this.logs = logs;
        this.logBound = logBound;
        this.clock = clock;
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Created = clock.GetTimestamp();
        target = new LogTarget(
            function.LogGroup,
            $"{clock.GetUtcNow():yyyy/MM/dd}/[{function.Version}]{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");
        log = NewLog();
    }

    public FunctionRecord Function { get; }

    /// <summary>192 bits by chance.</summary>
    public string Token { get; }

    public string LogStream => target.Stream;

    /// <summary>Clock's timestamp of the last use.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Whether its function's role may write its log now; as on AWS nothing but the log is lost when it may not. Set once, before it is started.</summary>
    public Func<bool> WritesLog
    {
        get;
        set
        {
            field = value;
            log = NewLog();
        }
    }

    = () => true;

    public bool HasExited => Process.Exited.IsCompleted;

    /// <summary>Set once, right after it was started with <see cref="Token"/>.</summary>
    public IRuntimeProcess Process { get; set; } = null!;

    private long Created { get; }

    /// <summary>Takes standard output.</summary>
    public void Output(ReadOnlySpan<byte> bytes) => log.Output(bytes);

    /// <summary>Takes standard error.</summary>
    public void Error(ReadOnlySpan<byte> bytes) => log.Error(bytes);

    /// <summary>Runs one invocation. Its log lines are Lambda's own: START, END, REPORT.</summary>
    /// <param name="invocation">What to do.</param>
    /// <param name="cancellation">The engine stops.</param>
    public async Task<(RuntimeAnswer Answer, byte[] LogTail)> Run(Invocation invocation, CancellationToken cancellation)
    {
        var cold = !ready.Task.IsCompleted;
        var unready = await AwaitReady(cancellation);
        var initTime = cold && unready is null ? clock.GetElapsedTime(Created) : default(TimeSpan?);
        await StartLog(invocation, fresh: !cold);
        var started = clock.GetTimestamp();
        var answer = unready ?? await Offered(invocation, cancellation);
        var took = clock.GetElapsedTime(started);
        if (answer.NotTaken)
        {
            return (answer, []);
        }

        await Process.End();
        log.EndOutput();
        if (answer.LogLine is { } line)
        {
            log.Line(line);
        }

        foreach (var report in InvocationReport.End(Function, invocation.RequestId, took, initTime, Process.PeakMemoryBytes))
        {
            log.Line(report);
        }

        LastUsed = clock.GetTimestamp();
        return (answer, log.Tail);
    }

    /// <summary>The runtime asks for work: <c>invocation/next</c>.</summary>
    /// <param name="offered">Completes when there is some; <see cref="Take"/> follows.</param>
    /// <returns>False when it may not: it has not answered the last.</returns>
    public bool TryAsk(out Task<Offer> offered)
    {
        lock (gate)
        {
            offered = next.Task;
            if (current is not null)
            {
                return false;
            }

            ready.TrySetResult();
            return true;
        }
    }

    /// <summary>The runtime answers: <c>response</c> or <c>error</c>.</summary>
    /// <returns>False when that is no request of the moment.</returns>
    public bool Answer(string requestId, RuntimeAnswer answer)
    {
        lock (gate)
        {
            if (current?.Invocation.RequestId != requestId)
            {
                return false;
            }

            current.Answered.TrySetResult(answer);
            current = null;
            return true;
        }
    }

    /// <summary>Marks an offer as being delivered; a second asker does not get it.</summary>
    public bool Take(Offer offer)
    {
        lock (gate)
        {
            if (current is not null || !ReferenceEquals(next.Task, offer.Source))
            {
                return false;
            }

            current = offer;
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>The runtime cannot start: <c>init/error</c>.</summary>
    public void FailInit(byte[] error)
    {
        initError = new RuntimeAnswer(error, Failed: true) { Reusable = false };
        ready.TrySetResult();
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    /// <returns>Null when it is ready; else why it never will be.</returns>
    private async Task<RuntimeAnswer?> AwaitReady(CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(Math.Max(LeastInitSeconds, Function.TimeoutSeconds));
        try
        {
            await Task.WhenAny(ready.Task, Process.Exited).WaitAsync(limit, clock, cancellation);
        }
        catch (TimeoutException)
        {
            return RuntimeAnswer.Fault(
                "Sandbox.Timedout",
                $"The runtime of function '{Function.Name}' did not ask for its first event within {limit.TotalSeconds:0} s of its start",
                $"INIT_REPORT Init Duration: {limit.TotalMilliseconds:0.00} ms\tPhase: init\tStatus: timeout");
        }

        return initError ?? (ready.Task.IsCompletedSuccessfully ? null : await Died(null));
    }

    private async Task<RuntimeAnswer> Offered(Invocation invocation, CancellationToken cancellation)
    {
        Process.Begin();
        var offer = new Offer(invocation, clock.GetUtcNow().AddSeconds(Function.TimeoutSeconds));
        lock (gate)
        {
            offer.Source = next.Task;
            next.TrySetResult(offer);
        }

        try
        {
            await Task.WhenAny(offer.Answered.Task, Process.Exited)
                .WaitAsync(TimeSpan.FromSeconds(Function.TimeoutSeconds), clock, cancellation);
        }
        catch (TimeoutException)
        {
            await Process.DisposeAsync();
            return offer.Answered.Task.IsCompletedSuccessfully
                ? await offer.Answered.Task with { Reusable = false } // it made it, while we were looking at the clock
                : InvocationReport.TimedOut(invocation.RequestId, Function.TimeoutSeconds, clock.GetUtcNow());
        }

        if (offer.Answered.Task.IsCompletedSuccessfully)
        {
            return await offer.Answered.Task;
        }

        lock (gate)
        {
            if (!ReferenceEquals(current, offer))
            {
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                return new RuntimeAnswer([], Failed: true) { NotTaken = true, Reusable = false };
            }
        }

        return await Died(invocation.RequestId);
    }

    private async Task<RuntimeAnswer> Died(string? requestId)
    {
        var end = await Process.Exited;
        var prefix = requestId is null ? "" : $"RequestId: {requestId} ";
        var what = end switch
        {
            { OutOfMemory: true } => $"Runtime exited with error: {end.Description} (it held more than its {Function.MemoryMiB} MB of memory)",
            { Description: "exit status 0" } => "Runtime exited without providing a reason",
            _ => $"Runtime exited with error: {end.Description}",
        };
        return RuntimeAnswer.Fault(end.OutOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError", $"{prefix}Error: {what}", $"{prefix}Error: {what}");
    }

    private async Task StartLog(Invocation invocation, bool fresh)
    {
        if (fresh)
        {
            await Process.End(); // what it wrote since the last invocation belongs before START
            log.EndOutput();
            log = NewLog();
        }

        log.Line($"START RequestId: {invocation.RequestId} Version: {Function.Version}");
    }

    private OutputLog NewLog() => new(logs, target, logBound) { Kept = WritesLog() };
}

/// <summary>An invocation that waits for its runtime to take it, and then for the answer.</summary>
internal sealed record Offer(Invocation Invocation, DateTimeOffset Deadline)
{
    public TaskCompletionSource<RuntimeAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which request for work it answers.</summary>
    public Task? Source { get; set; }
}
