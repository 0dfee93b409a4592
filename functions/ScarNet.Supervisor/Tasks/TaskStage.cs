using System.Text;
using Amazon.S3;
using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;
using ScarNet.Supervisor.Containers;
using ScarNet.Supervisor.Scripts;
using ScarNet.Supervisor.Stages;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Carries out a function's GA4GH task, in containers beside the supervisor's own, on the object of a run.</summary>
/// <param name="source">The task file.</param>
/// <param name="spec">The function.</param>
/// <param name="limits">What the containers get.</param>
/// <param name="s3">The storage.</param>
/// <param name="docker">The machine's Docker.</param>
/// <param name="own">The supervisor's own container.</param>
/// <param name="surroundings">The environment.</param>
internal sealed class TaskStage(
    Stages.ScriptSource source, JobSpec spec, TaskSpec limits, IAmazonS3 s3, Docker docker, OwnContainer own, Surroundings surroundings) : IWorkStage
{
    private const long BytesPerMiB = 1 << 20;

    /// <exception cref="RunFailure">The task cannot be run on this object.</exception>
    public async Task<ScriptResult> Run(
        Work work, Workspace place, Staged staged, Log log, CancellationToken interrupted, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var storage = new TaskStorage(new(s3), mayUseFiles: false)
        {
            Origin = new(work.InvocationId, work.Source?.Object, (staged.Head?.Hops ?? 0) + 1),
            Overwrite = spec.Overwrite,
        };
        var task = Fill(Encoding.UTF8.GetString(await source.Get(cancellation)), work, staged, storage);
        var report = new TaskReport(task, SiblingScripts.Name(work.Owner, surroundings["AWS_BATCH_JOB_ATTEMPT"]), TimeProvider.System.GetUtcNow(), file: null);
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        using var deadline = Deadline(work);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted, deadline.Token);
        var directory = Directory.CreateDirectory(Path.Join(place.Temporary, "task")).FullName;
        var run = new TaskRun(docker, storage, report, Settings(work, directory, output, error), log);
        var exitCode = await run.Run(task, stop.Token, cancellation);
        var ended = report.State == TesState.Canceled;
        return new(exitCode, ended && !interrupted.IsCancellationRequested, ended && interrupted.IsCancellationRequested, 0, TimeProvider.System.GetElapsedTime(started))
        {
            Command = run.Failed is { } i ? $"executor {i} of the task ('{task.Executors[i].Image}')" : "the task",
            Failure = run.Failure,
            OutOfMemoryMiB = run.OutOfMemory ? (task.Resources?.MemoryBytes ?? MemoryBytes) / BytesPerMiB : null,
            Published = storage.Sent,
            ErrorTail = report.Log.Executors is [.., { Stderr.Length: > 0 } last] ? last.Stderr : null,
        };
    }

    private long MemoryBytes => own.Details.MemoryBytes is { } all && all > SiblingSpec.SupervisorMemoryMiB * BytesPerMiB
        ? all - (SiblingSpec.SupervisorMemoryMiB * BytesPerMiB)
        : limits.MemoryMiB * BytesPerMiB;

    private TesTask Fill(string json, Work work, Staged staged, TaskStorage storage)
    {
        var origin = work.Source is { Object: { } path } ? $"s3://{path.Bucket}/{path.Key}" : staged.File is { } data ? "file://" + data : null;
        if (origin is not null)
        {
            storage.Have(origin, staged.File!);
        }

        try
        {
            return TaskFile.Fill(json, new(spec.Function, work.RequestId, work.Source?.Object.Bucket, work.Source?.Object.Key), origin);
        }
        catch (ScarException e)
        {
            throw new RunFailure(ExitCodes.InputMissing, e.Hint is null ? e.Message : $"{e.Message}: {e.Hint}", e);
        }
    }

    private TaskSettings Settings(Work work, string directory, Stream output, Stream error) =>
        new(directory, limits.ReadOnlyRoot, output, error)
        {
            Machine = own.Paths,
            MemoryBytes = MemoryBytes,
            Cpus = own.Details.CpuShares is { } shares ? shares / SiblingScripts.SharesPerCpu : limits.Vcpus,
            Labels = SiblingScripts.Labels(surroundings, spec.Function, own),
            OfFailure = output => OfFailure(output, work),
        };

    // What a failed run leaves must not start the functions behind it.
    private TesOutput? OfFailure(TesOutput output, Work work) => (spec.OnFailure, TesUrl.Parse(output.Url)) switch
    {
        (FailurePolicy.Upload, _) => output,
        (FailurePolicy.Keep, TesUrl.S3 { Object: { } target }) =>
            output with { Url = $"s3://{target.Bucket}/{OutputRule.FailedPrefix}{spec.Function}/{work.InvocationId}/{target.Key}" },
        _ => null,
    };

    private CancellationTokenSource Deadline(Work work)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = Supervision.ScriptDeadline(now, work.End, TimeSpan.FromSeconds(spec.TimeoutThresholdSeconds));
        return end is { } e ? new(e > now ? e - now : TimeSpan.Zero) : new();
    }
}
