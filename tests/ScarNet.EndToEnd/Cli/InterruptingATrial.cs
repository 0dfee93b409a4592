using System.Diagnostics;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Cli;

/// <summary>Ctrl-C while <c>scarnet try</c> is at work, at moments from its first breath to a running script.</summary>
public sealed class InterruptingATrial : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory directory = new();

    [Fact]
    public async Task LeavesNothingRunningAndNothingBehind()
    {
        var started = directory.Under("script-started");
        using var trial = Start($"echo $$ >'{started}'; sleep 300 & sleep 300");
        await Until(() => File.Exists(started) && File.ReadAllText(started).EndsWith('\n'));
        var script = int.Parse((await File.ReadAllTextAsync(started, TestContext.Current.CancellationToken)).Trim());

        var exitCode = await Interrupt(trial);

        Assert.Equal(130, exitCode);
        Assert.False(IsAlive(script), "the script still runs");
        Assert.Empty(ProcessesThatName(directory.FullName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Under("tmp")));
    }

    [Theory]
    [InlineData(150)]
    [InlineData(600)]
    [InlineData(1500)]
    public async Task LeavesNothingAtWhateverMoment(int milliseconds)
    {
        using var trial = Start("sleep 300");
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken); // the moment itself is what is tested

        var exitCode = await Interrupt(trial);

        Assert.Equal(130, exitCode);
        Assert.Empty(ProcessesThatName(directory.FullName));
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Under("tmp")));
    }

    public void Dispose() => directory.Dispose();

    private Process Start(string command)
    {
        Directory.CreateDirectory(directory.Under("tmp"));
        File.WriteAllText(directory.Under("input.txt"), "x");
        File.WriteAllText(directory.Under("pipeline.yaml"), $$"""
            functions:
              slow:
                command: |-
                  {{command}}
                input: [{path: slow/in}]
                output: [{path: slow/out}]
            """);
        // A test run in the background of a script inherits SIGINT ignored; a person's shell does not.
        var start = new ProcessStartInfo("/usr/bin/env",
        [
            "--default-signal=INT", Path.Join(Repository.Root, ".build", "cli", "ScarNet.Cli"),
            "try", "-f", directory.Under("pipeline.yaml"), directory.Under("input.txt"),
        ])
        {
            WorkingDirectory = directory.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["TMPDIR"] = directory.Under("tmp");
        return Process.Start(start)!;
    }

    private static async Task<int> Interrupt(Process trial)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await Command.Run("/bin/kill", ["-INT", $"{trial.Id}"]);
        try
        {
            await trial.WaitForExitAsync(deadline.Token);
            return trial.ExitCode;
        }
        finally
        {
            if (!trial.HasExited)
            {
                trial.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!holds())
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    /// <summary>A zombie has ended: it only waits for its parent to ask how.</summary>
    private static bool IsAlive(int process)
    {
        var status = $"/proc/{process}/status";
        return File.Exists(status) && !File.ReadAllText(status).Contains("State:\tZ", StringComparison.Ordinal);
    }

    /// <summary>Processes whose command line or environment leads to the directory.</summary>
    private static List<string> ProcessesThatName(string text) =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _) && Names(process, text))];

    private static bool Names(string process, string text)
    {
        try
        {
            return File.ReadAllText(Path.Join(process, "cmdline")).Contains(text, StringComparison.Ordinal)
                || File.ReadAllText(Path.Join(process, "environ")).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has just ended
        }
    }
}
