using System.Diagnostics;

namespace ScarNet.EndToEnd.Tasks;

/// <summary>A program that runs while the test goes on.</summary>
internal sealed class TaskProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private TaskProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static TaskProcess Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        Start(Supervisor.SupervisorBinary.FullName, arguments, environment);

    public static TaskProcess Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // A test run in the background of a script inherits SIGINT ignored; a person's shell does not.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // read, so that it never waits
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>Waits for a line of standard output.</summary>
    /// <returns>The line.</returns>
    public async Task<string> Says(string text)
    {
        using var limit = new CancellationTokenSource(Deadline);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"it ended without saying '{text}'");
    }

    /// <returns>Its exit code.</returns>
    public async Task<int> Ended()
    {
        using var limit = new CancellationTokenSource(Deadline);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
