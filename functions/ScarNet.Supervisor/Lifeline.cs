using ScarNet.Supervisor.Posix;

namespace ScarNet.Supervisor;

/// <summary>Standard input as a pipe that whoever started this process holds: when it closes, that one is dead.</summary>
internal static class Lifeline
{
    private const string Variable = "SCARNET_LIFELINE";
    private const int ExitCode = 1;

    // As long as killing a script's processes and removing its workspace may take.
    private static readonly TimeSpan LastDeeds = TimeSpan.FromSeconds(15);

    /// <summary>Ends the work, and then the process, when the pipe closes; does nothing unless asked to watch.</summary>
    public static void Watch(Surroundings surroundings, CancellationTokenSource ended)
    {
        if (surroundings[Variable] != "1")
        {
            return;
        }

        var watcher = new Thread(() =>
        {
            AwaitEnd();
            ended.Cancel();
            Thread.Sleep(LastDeeds);
            Environment.Exit(ExitCode);
        });
        watcher.IsBackground = true;
        watcher.Name = "lifeline";
        watcher.Start();
    }

    private static unsafe void AwaitEnd()
    {
        byte unused;
        while (Libc.Read(0, &unused, 1) > 0)
        {
            // Nothing is ever said on it.
        }
    }
}
