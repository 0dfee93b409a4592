using System.Diagnostics;

namespace ScarNet.Cli.Tes;

/// <summary>A supervisor that carries out one task. It ends when this process does, whatever happens to it.</summary>
internal sealed class TaskChild : IAsyncDisposable
{
    /// <summary>A little more than the supervisor takes for its container and the last uploads.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(27);

    private readonly Process process;

    private TaskChild(Process process) => this.process = process;

    /// <param name="program">The supervisor.</param>
    /// <param name="arguments">Its own: <c>task …</c>.</param>
    /// <param name="environment">Over this process's own.</param>
    /// <param name="readsInput">Whether it reads this process's standard input; otherwise a pipe tells it that this process lives.</param>
    /// <param name="quiet">Whether what it says is thrown away.</param>
    public static TaskChild Start(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, bool readsInput, bool quiet)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = !readsInput,
            RedirectStandardOutput = quiet,
            RedirectStandardError = quiet,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (!readsInput)
        {
            start.Environment["SCARNET_LIFELINE"] = "1";
        }

        var process = Process.Start(start)!;
        if (quiet)
        {
            process.OutputDataReceived += (_, _) => { }; // read, so that it never waits
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return new(process);
    }

    /// <summary>Waits for its end, or ends it.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Wait(CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await End();
        }

        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        process.Dispose();
    }

    private async Task End()
    {
        if (process.HasExited)
        {
            return;
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
