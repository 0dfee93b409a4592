namespace ScarNet.Local.Lambda;

/// <summary>
/// Warm sandboxes between their invocations. One that has waited for five minutes is ended, and the longest idle one when there are
/// more than the bound. Thread-safe.
/// </summary>
internal sealed class SandboxPool(RuntimeStart start, RuntimeApi api, Func<FunctionRecord, bool> isPresent, int mostIdle, TimeProvider clock)
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReapInterval = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<Sandbox> idle = []; // in the order of their last use
    private readonly HashSet<Sandbox> busy = [];
    private bool closed;

    /// <summary>A warm sandbox of the function as it is now, or a new one.</summary>
    /// <param name="function">Its present record.</param>
    /// <param name="onlyNew">Whether a warm one will not do.</param>
    /// <param name="cancellation">The engine stops.</param>
    public async Task<Sandbox> Take(FunctionRecord function, bool onlyNew, CancellationToken cancellation)
    {
        if (!onlyNew && TakeIdle(function) is { } warm)
        {
            return warm;
        }

        var sandbox = await start.Start(function, api, cancellation);
        lock (gate)
        {
            busy.Add(sandbox);
        }

        return sandbox;
    }

    /// <summary>Keeps a sandbox for the next invocation, or ends it.</summary>
    public async Task Return(Sandbox sandbox, bool reusable)
    {
        var ended = new List<Sandbox>();
        lock (gate)
        {
            busy.Remove(sandbox);
            if (reusable && !closed && !sandbox.HasExited && isPresent(sandbox.Function))
            {
                idle.Add(sandbox);
                Evict(ended, idle.Count - mostIdle);
            }
            else
            {
                ended.Add(sandbox);
            }
        }

        await End(ended);
    }

    /// <summary>A function has changed or gone: ends the idle sandboxes of what it was; the busy ones end after their invocation.</summary>
    public Task Retire(string function)
    {
        var ended = new List<Sandbox>();
        lock (gate)
        {
            ended.AddRange(idle.Where(s => s.Function.Name == function && !isPresent(s.Function)));
            ended.ForEach(s => idle.Remove(s));
        }

        return End(ended);
    }

    /// <summary>Ends what has been idle for long, until cancelled; then everything.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            using var timer = new PeriodicTimer(ReapInterval, clock);
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await End(Overdue());
            }
        }
        finally
        {
            await End(Close());
        }
    }

    private Sandbox? TakeIdle(FunctionRecord function)
    {
        lock (gate)
        {
            var at = idle.FindLastIndex(s => s.Function.DeploymentId == function.DeploymentId && !s.HasExited);
            if (at < 0)
            {
                return null;
            }

            var sandbox = idle[at];
            idle.RemoveAt(at);
            busy.Add(sandbox);
            return sandbox;
        }
    }

    private List<Sandbox> Overdue()
    {
        var ended = new List<Sandbox>();
        lock (gate)
        {
            Evict(ended, idle.Count(s => s.HasExited || clock.GetElapsedTime(s.LastUsed) > IdleLimit));
        }

        return ended;
    }

    private List<Sandbox> Close()
    {
        lock (gate)
        {
            closed = true;
            List<Sandbox> all = [.. idle, .. busy];
            idle.Clear();
            return all;
        }
    }

    private void Evict(List<Sandbox> ended, int count)
    {
        if (count > 0)
        {
            ended.AddRange(idle.OrderByDescending(s => s.HasExited).Take(count).ToList());
            ended.ForEach(s => idle.Remove(s));
        }
    }

    private Task End(List<Sandbox> sandboxes) => Task.WhenAll(sandboxes.Select(async sandbox =>
    {
        api.Close(sandbox);
        await sandbox.DisposeAsync();
    }));
}
