using System.Diagnostics;
using System.Text.Json;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Supervisor;

/// <summary>One supervisor process as a Batch job, whose signals are the test's own: nobody else ends it.</summary>
internal sealed class JobProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private readonly TemporaryDirectory files = new();
    private readonly Process process;
    private readonly Task<byte[]> output;
    private readonly Task<byte[]> error;

    private JobProcess(JobSpec spec, ObjectEvent source, IEnumerable<IReadOnlyDictionary<string, string>> environments)
    {
        var start = new ProcessStartInfo(SupervisorBinary.FullName)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["AWS_BATCH_JOB_ID"] = Guid.NewGuid().ToString();
        start.Environment["AWS_BATCH_JOB_ATTEMPT"] = "1";
        start.Environment[SupervisorVariables.Spec] = JsonSerializer.Serialize(spec, Json.Default.JobSpec);
        start.Environment[SupervisorVariables.Event] = JsonSerializer.Serialize(new BatchEvent(source, null, "r1"), Json.Default.BatchEvent);
        start.Environment["TMPDIR"] = files.FullName;
        foreach (var (name, value) in environments.SelectMany(variables => variables))
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        output = Read(process.StandardOutput.BaseStream);
        error = Read(process.StandardError.BaseStream);
    }

    /// <summary>The workspaces there are just now.</summary>
    public string[] Workspaces => Directory.GetDirectories(files.FullName, "w-*", SearchOption.AllDirectories);

    public static async Task<JobProcess> Start(
        SupervisorFixture engine, JobSpec spec, string key, params IReadOnlyList<IReadOnlyDictionary<string, string>> environments)
    {
        var put = await engine.S3.PutObjectAsync(new() { BucketName = SupervisorFixture.Inbox, Key = key, ContentBody = "content" });
        var source = new ObjectEvent { Object = new(SupervisorFixture.Inbox, key), ETag = put.ETag.Trim('"'), Size = "content".Length, Sequencer = "01" };
        return new(spec, source, [engine.ClientEnvironment, .. environments]);
    }

    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code, and all it wrote.</returns>
    public async Task<(int ExitCode, byte[] Output, byte[] Error)> End()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest, TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Waits until a file is there and not empty.</summary>
    public static async Task Until(string file)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        files.Dispose();
    }

    private static async Task<byte[]> Read(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
