using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ScarNet.EndToEnd.Support;

/// <summary>
/// Debian's <c>aws</c>, run from a Python process that has imported it already: a call takes a fifth of the time. The commands run at
/// once when they are called at once. The process ends with the tests.
/// </summary>
public sealed class WarmAws
{
    private static readonly Lazy<WarmAws> Shared = new(() => new WarmAws());
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> waiting = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly Process process;
    private int lastId;

    private WarmAws()
    {
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Join(AppContext.BaseDirectory, "testdata/aws-server.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        _ = ReadAnswers();
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">What follows <c>aws</c>.</param>
    /// <param name="environment">Over the test's own.</param>
    /// <param name="directory">Where it runs.</param>
    public static Task<CommandResult> Run(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string directory) =>
        Shared.Value.RunOne(arguments, environment, directory);

    private async Task<CommandResult> RunOne(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string directory)
    {
        using var files = new TemporaryDirectory();
        var (output, error) = (files.Under("output"), files.Under("error"));
        var id = Interlocked.Increment(ref lastId);
        var ended = waiting[id] = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await writing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { id, arguments, environment, directory, output, error }));
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            writing.Release();
        }

        var exitCode = await ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return new CommandResult(
            exitCode,
            await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(error, TestContext.Current.CancellationToken));
    }

    private async Task ReadAnswers()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var answer = line.Split(' ');
            waiting.TryRemove(int.Parse(answer[0]), out var ended);
            ended!.SetResult(int.Parse(answer[1]));
        }

        foreach (var ended in waiting.Values)
        {
            ended.TrySetException(new InvalidOperationException("the Python process with aws has ended: is awscli installed?"));
        }
    }
}
