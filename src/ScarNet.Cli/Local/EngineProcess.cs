using System.Diagnostics;
using Amazon.Runtime;
using ScarNet.Aws;
using ScarNet.Core;
using ScarNet.Local;

namespace ScarNet.Cli.Local;

/// <summary>The engine in the background: a detached process of this same binary, one for a data directory.</summary>
internal sealed class EngineProcess(string dataDirectory, TimeProvider clock)
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The engine that runs; null when none does.</summary>
    public Task<EngineAccess?> Find(CancellationToken cancellation) => EngineAddresses.Find(dataDirectory, cancellation);

    /// <summary>The running engine, or a fresh one. Two starts at once make one engine.</summary>
    /// <returns>How to talk to it, and whether this call started it.</returns>
    /// <exception cref="ScarException">It did not come up; the message has its own words.</exception>
    public async Task<(EngineAccess Access, bool Started)> Ensure(EngineOptions options, string? region, CancellationToken cancellation)
    {
        if (await Find(cancellation) is { } running)
        {
            return (running, false);
        }

        using var turn = await StartTurn.Take(dataDirectory, clock, StartDeadline, cancellation);
        return await Find(cancellation) is { } startedMeanwhile
            ? (startedMeanwhile, false)
            : (await Launch(options, region, cancellation), true);
    }

    /// <summary>Stops the engine: asks it, then ends it with its process tree.</summary>
    /// <returns>False when none ran.</returns>
    public async Task<bool> Stop(CancellationToken cancellation)
    {
        if (await Find(cancellation) is not { } access)
        {
            return false;
        }

        using var process = ProcessOf(access.Pid);
        if (process is null)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(StopDeadline);
        try
        {
            using var clients = new AwsClients(access.AwsSettings);
            await clients.Status.Stop(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (Exception e) when (e is not AmazonServiceException && !cancellation.IsCancellationRequested)
        {
            // It does not answer, or does not end. One that refuses our keys is not ours to kill.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(cancellation);
        }

        return true;
    }

    /// <summary>Stops the engine and removes what it kept. None is started meanwhile.</summary>
    /// <returns>False when there was nothing.</returns>
    /// <exception cref="ScarException">An engine that does not answer yet has the directory.</exception>
    public async Task<bool> Reset(CancellationToken cancellation)
    {
        if (!EngineFiles.Exist(dataDirectory))
        {
            return false;
        }

        using var turn = await StartTurn.Take(dataDirectory, clock, StartDeadline, cancellation);
        await Stop(cancellation);
        using var held = DataDirectory.Take(dataDirectory);
        EngineFiles.Remove(dataDirectory);
        return true;
    }

    private async Task<EngineAccess> Launch(EngineOptions options, string? region, CancellationToken cancellation)
    {
        var logged = EngineLog.Length(dataDirectory);
        using var process = Spawn(options, region);
        var started = clock.GetTimestamp();
        while (true)
        {
            if (await Find(cancellation) is { } access)
            {
                return access;
            }

            if (process.HasExited || clock.GetElapsedTime(started) > StartDeadline)
            {
                var said = EngineLog.Tail(dataDirectory, logged, 3);
                var why = process.HasExited ? $"exit code {process.ExitCode}" : $"not ready after {StartDeadline.TotalSeconds:0} s";
                process.Kill(entireProcessTree: true);
                throw new ScarException(
                    said.Count > 0 ? $"the engine did not start: {Plain(said)}" : $"the engine did not start ({why})",
                    $"its log is '{EngineLog.In(dataDirectory)}'");
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>A session of its own (setsid), no terminal, its words in the log.</summary>
    private Process Spawn(EngineOptions options, string? region)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        string[] command =
        [
            "-c", "log=$1; shift; exec setsid \"$@\" </dev/null >>\"$log\" 2>&1", "sh", EngineLog.In(dataDirectory),
            Environment.ProcessPath!, "local", "serve", "--data", dataDirectory,
        ];
        foreach (var argument in command.Concat(region is null ? [] : ["--region", region]).Concat(options.Arguments()))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new ScarException("the engine did not start: no process");
    }

    private static string Plain(IReadOnlyList<string> said) =>
        said.Select(line => line.Replace("scarnet: error: ", "", StringComparison.Ordinal)).First(line => line.Length > 0);

    private static Process? ProcessOf(int pid)
    {
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return null; // it has just ended
        }
    }
}
