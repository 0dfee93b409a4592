using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>One supervisor process as the custom runtime of a function.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory task = new();
    private readonly TestRuntime runtime = new();
    private readonly Process process;
    private readonly Task<long> outputBytes;
    private readonly Task<string> talk;
    private readonly MemoryStream outputStart = new();

    private Sandbox(JobSpec spec, IReadOnlyDictionary<string, string> environment)
    {
        File.WriteAllText(task.Under("function.json"), JsonSerializer.Serialize(spec, Json.Default.JobSpec));
        Temporary = task.Under("tmp");
        Directory.CreateDirectory(Temporary);
        var start = new ProcessStartInfo(SupervisorBinary.FullName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Address;
        start.Environment["LAMBDA_TASK_ROOT"] = task.FullName;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = spec.Function;
        start.Environment["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + spec.Function;
        start.Environment["AWS_LAMBDA_LOG_STREAM_NAME"] = "stream";
        start.Environment["SCARNET_LIFELINE"] = "1";
        start.Environment["TMPDIR"] = Temporary;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        outputBytes = Count(process.StandardOutput.BaseStream);
        talk = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The supervisor's TMPDIR.</summary>
    public string Temporary { get; }

    public int ProcessId => process.Id;

    /// <summary>The workspaces there are just now.</summary>
    public string[] Workspaces => Directory.Exists(Temporary) ? Directory.GetDirectories(Temporary, "w-*", SearchOption.AllDirectories) : [];

    public static Sandbox Start(JobSpec spec, params IEnumerable<IReadOnlyDictionary<string, string>> environments) =>
        new(spec, environments.SelectMany(e => e).GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Last().Value));

    /// <summary>Has one event handled.</summary>
    /// <param name="payload">The event.</param>
    /// <param name="requestId">The same for a retry; null is a new one.</param>
    /// <param name="time">Until Lambda would kill the sandbox; null is a minute.</param>
    public async Task<RuntimeAnswer> Handle(string payload, string? requestId = null, TimeSpan? time = null)
    {
        var answer = runtime.Send(payload, requestId ?? Guid.NewGuid().ToString(), time ?? TimeSpan.FromMinutes(1));
        var first = await Task.WhenAny(answer, Ended).WaitAsync(Longest, TestContext.Current.CancellationToken);
        return first == answer ? await answer : throw new InvalidOperationException($"the supervisor ended:\n{await talk}");
    }

    /// <summary>Gives it an event and waits until it is dead.</summary>
    public async Task HandleToDeath(string payload, string requestId)
    {
        _ = runtime.Send(payload, requestId, TimeSpan.FromMinutes(1));
        await Ended.WaitAsync(Longest, TestContext.Current.CancellationToken);
    }

    public Task Ended => process.WaitForExitAsync();

    public void Kill() => process.Kill();

    /// <summary>Closes what stands for the engine's hold on it.</summary>
    public void CutLifeline() => process.StandardInput.Close();

    /// <summary>Ends it and returns what it said.</summary>
    public async Task<(string Output, string Error)> Stop()
    {
        Kill();
        await Ended;
        await outputBytes;
        return (Encoding.Latin1.GetString(outputStart.ToArray()), await talk);
    }

    /// <summary>Peak of resident memory so far, from /proc.</summary>
    public long PeakBytes() => 1024 * long.Parse(
        File.ReadLines($"/proc/{ProcessId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>All bytes of standard output, once it is stopped.</summary>
    public Task<long> OutputBytes => outputBytes;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await Ended;
        }

        process.Dispose();
        runtime.Dispose();
        task.Dispose();
    }

    private async Task<long> Count(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; bytes += read)
        {
            if (outputStart.Length < buffer.Length)
            {
                outputStart.Write(buffer, 0, read);
            }
        }

        return bytes;
    }
}
