using System.Runtime.InteropServices;
using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor.Scripts;

/// <summary>
/// A script as a process in a session of its own. Its standard output is the supervisor's own, so its bytes go where they should without
/// passing through anybody's hands; of its standard error the end is kept; its input is empty.
/// </summary>
internal sealed class ScriptProcess
{
    private readonly TaskCompletionSource<int> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource allGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ErrorStream errors;
    private readonly int pid;

    private ScriptProcess(int pid, ErrorStream errors)
    {
        this.pid = pid;
        this.errors = errors;
        errors.Begin();
        new Thread(Reap, maxStackSize: 128 * 1024) { IsBackground = true, Name = "reaper" }.Start();
    }

    /// <summary>The exit code, 128 and the signal for one that was killed.</summary>
    public Task<int> Exited => exited.Task;

    /// <param name="directory">Where it starts.</param>
    /// <param name="arguments">The program, its path or a name on the environment's PATH, and its arguments.</param>
    /// <param name="environment">All of its environment.</param>
    /// <exception cref="SpawnException">The program cannot be started.</exception>
    public static unsafe ScriptProcess Start(
        string directory, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var actions = stackalloc byte[Libc.FileActionsBytes];
        var attributes = stackalloc byte[Libc.SpawnAttributesBytes];
        var everySignal = stackalloc byte[Libc.SignalSetBytes];
        var noSignal = stackalloc byte[Libc.SignalSetBytes];
        new Span<byte>(everySignal, Libc.SignalSetBytes).Fill(0xFF);
        new Span<byte>(noSignal, Libc.SignalSetBytes).Clear();
        const int standardError = 2;
        var errors = new ErrorStream();
        using var argumentVector = new StringVector(arguments);
        using var environmentVector = new StringVector([.. environment.Select(variable => $"{variable.Key}={variable.Value}")]);

        _ = Libc.InitializeFileActions(actions);
        _ = Libc.InitializeAttributes(attributes);
        try
        {
            _ = Libc.AddOpen(actions, 0, "/dev/null", Libc.OpenReadOnly, 0);
            _ = Libc.AddDuplicate(actions, errors.WriteEnd, standardError);
            _ = Libc.AddChangeDirectory(actions, directory);

            // The runtime ignores SIGPIPE, and a child would inherit that: 'yes | head' would not end as the script's author knows it.
            _ = Libc.SetSignalDefault(attributes, everySignal);
            _ = Libc.SetSignalMask(attributes, noSignal);
            _ = Libc.SetFlags(attributes, Libc.SpawnSetSession | Libc.SpawnSetSignalDefault | Libc.SpawnSetSignalMask);
            var error = Libc.Spawn(out var pid, Programs.Find(arguments[0], environment), actions, attributes, argumentVector.Pointer, environmentVector.Pointer);
            if (error == 0)
            {
                return new ScriptProcess(pid, errors);
            }

            errors.GiveUp();
            throw new SpawnException(arguments[0], error);
        }
        finally
        {
            _ = Libc.DestroyAttributes(attributes);
            _ = Libc.DestroyFileActions(actions);
        }
    }

    /// <summary>The last of what it and all it started wrote to standard error, once all of them are gone. Null when that is nothing.</summary>
    /// <param name="longest">How long to wait for the rest.</param>
    public async Task<string?> ErrorTail(TimeSpan longest)
    {
        await Task.WhenAny(errors.Ended, Task.Delay(longest, CancellationToken.None));
        return errors.Tail.Text();
    }

    /// <summary>Tells the script and its process group to end.</summary>
    public void Terminate() => _ = Libc.Kill(-pid, Libc.SigTerm);

    /// <summary>Kills whatever is left of the script and of all it started, in whichever session.</summary>
    /// <returns>How many processes that were.</returns>
    /// <exception cref="InvalidOperationException">Something outlives SIGKILL: no further script may be started.</exception>
    public async Task<int> KillAll(TimeSpan longest)
    {
        var killed = new HashSet<int>();
        var until = TimeProvider.System.GetUtcNow() + longest;
        for (var pause = TimeSpan.FromMilliseconds(1); !allGone.Task.IsCompleted; pause *= 2)
        {
            foreach (var descendant in Children.Descendants())
            {
                _ = Libc.Kill(descendant, Libc.SigKill);
                killed.Add(descendant);
            }

            await Task.WhenAny(allGone.Task, Task.Delay(pause, CancellationToken.None));
            if (!allGone.Task.IsCompleted && TimeProvider.System.GetUtcNow() > until)
            {
                throw new InvalidOperationException(
                    $"processes {string.Join(", ", Children.Descendants())} of the script are still there after {longest.TotalSeconds} s of SIGKILL");
            }
        }

        return killed.Count;
    }

    // Reaps the script and the orphans that this process has adopted, until there is no child left. Whoever waits for the script hears of
    // it only once it is known whether something is left, so that the usual case needs no search.
    private void Reap()
    {
        int? exitCode = null;
        while (true)
        {
            var ended = Libc.WaitForChild(-1, out var status, exitCode is null || exited.Task.IsCompleted ? 0 : Libc.DoNotWait);
            if (ended == pid)
            {
                exitCode = ExitCodeOf(status);
            }
            else if (ended == 0)
            {
                exited.TrySetResult(exitCode!.Value);
            }
            else if (ended < 0 && Marshal.GetLastPInvokeError() == Libc.NoChild)
            {
                allGone.TrySetResult();
                exited.TrySetResult(exitCode ?? Core.Jobs.ExitCodes.Bug);
                return;
            }
        }
    }

    // Source: wait(2), WIFSIGNALED and WEXITSTATUS.
    private static int ExitCodeOf(int status) =>
        (status & 0x7F) == 0 ? (status >> 8) & 0xFF : Core.Jobs.ExitCodes.OfSignal(status & 0x7F);
}
