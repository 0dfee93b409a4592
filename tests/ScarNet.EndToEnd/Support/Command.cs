using System.Diagnostics;

namespace ScarNet.EndToEnd.Support;

/// <summary>Runs a program to its end, with a deadline after which its tree is killed.</summary>
public static class Command
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(2);

    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Passed as they are; no shell.</param>
    /// <param name="environment">Over the test's own environment.</param>
    /// <param name="directory">Where it starts; null is the test's own.</param>
    /// <param name="input">What it reads from standard input; null is nothing.</param>
    /// <param name="deadline">After which its tree is killed and the test fails; null is two minutes.</param>
    public static async Task<CommandResult> Run(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? directory = null,
        string? input = null,
        TimeSpan? deadline = null)
    {
        using var process = new Process { StartInfo = Start(program, arguments, environment, directory) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(deadline ?? DefaultDeadline);
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string? directory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
