using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Scripts;

/// <summary>Runs a script to its end, or ends it at its deadline. Nothing it started outlives it.</summary>
internal static class ScriptRunner
{
    private static readonly TimeSpan LongestKill = TimeSpan.FromSeconds(5);

    /// <param name="start">Starts it.</param>
    /// <param name="longest">Time it may take; null is no limit.</param>
    /// <param name="graceOver">Begins with SIGTERM and ends with SIGKILL.</param>
    /// <param name="interrupted">Ends it early.</param>
    public static async Task<ScriptResult> Run(
        Func<ScriptProcess> start, TimeSpan? longest, Func<Task> graceOver, CancellationToken interrupted)
    {
        var memory = CgroupMemory.Own();
        var killsBefore = memory?.Kills();
        var started = TimeProvider.System.GetTimestamp();
        var script = start();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        await Task.WhenAny(script.Exited, Deadline(longest, waiting.Token));
        var cutShort = !script.Exited.IsCompleted;
        if (cutShort)
        {
            script.Terminate();
            await Task.WhenAny(script.Exited, graceOver());
        }

        await waiting.CancelAsync();
        var killed = await script.KillAll(LongestKill);
        var exitCode = await script.Exited;
        var byTheDeadline = cutShort && !interrupted.IsCancellationRequested;
        return new(exitCode, byTheDeadline, cutShort && !byTheDeadline, killed, TimeProvider.System.GetElapsedTime(started))
        {
            OutOfMemoryMiB = memory?.Kills() > killsBefore ? memory.LimitMiB() : null,
            ErrorTail = await script.ErrorTail(LongestKill),
        };
    }

    // Task.Delay takes at most 49 days; a job may have no limit at all.
    public static Task Deadline(TimeSpan? longest, CancellationToken interrupted) => longest switch
    {
        null => Task.Delay(Timeout.InfiniteTimeSpan, interrupted),
        { } time when time <= TimeSpan.Zero => Task.CompletedTask,
        { } time => Task.Delay(time < TimeSpan.FromDays(40) ? time : TimeSpan.FromDays(40), interrupted),
    };
}
