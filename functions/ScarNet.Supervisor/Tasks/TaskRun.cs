using ScarNet.Containers;
using ScarNet.Core.Jobs;
using ScarNet.Core.Tasks;

namespace ScarNet.Supervisor.Tasks;

/// <summary>Carries a task out: inputs in, executors one after the other, outputs out.</summary>
/// <param name="docker">Runs the containers.</param>
/// <param name="storage">Holds inputs and outputs.</param>
/// <param name="report">Is kept up to date.</param>
/// <param name="settings">How to run it.</param>
/// <param name="log">The supervisor's words.</param>
internal sealed class TaskRun(Docker docker, TaskStorage storage, TaskReport report, TaskSettings settings, Log log)
{
    /// <summary>Of the 30 s between SIGTERM and SIGKILL, what is left for outputs once the container has had its 5 s.</summary>
    private static readonly TimeSpan LastUploads = TimeSpan.FromSeconds(18);

    /// <summary>What went wrong around the executors; null while nothing has.</summary>
    public RunFailure? Failure { get; private set; }

    /// <summary>The executor that ended the task; null when none did.</summary>
    public int? Failed { get; private set; }

    /// <summary>Whether the kernel killed that one for memory.</summary>
    public bool OutOfMemory { get; private set; }

    /// <param name="task">The task.</param>
    /// <param name="stop">The task shall end: what is there is still brought away.</param>
    /// <param name="ended">The supervisor's own end: nothing more is done.</param>
    /// <returns>The exit code: the failing executor's own, or one of <see cref="ExitCodes"/>.</returns>
    public async Task<int> Run(TesTask task, CancellationToken stop, CancellationToken ended)
    {
        var files = new TaskFiles(Path.Join(settings.Workspace, "files"), TesMounts.Of(task));
        var (state, exitCode) = await Try(async () =>
        {
            report.Update(TesState.Initializing, now => now);
            foreach (var warning in TesRules.Warnings(task))
            {
                report.Tell(warning);
                log.Warn(warning);
            }

            CheckDisk(task);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
            Directory.CreateDirectory(files.Here(""));
            await new TaskStageIn(files, storage, log).Run(task, either.Token);
            report.Update(TesState.Running, now => now);
            return await Execute(task, files, stop, ended);
        }, stop, ended);

        if (report.State == TesState.Running && state != TesState.SystemError)
        {
            (state, exitCode) = await BringAway(task, files, state, exitCode, ended);
        }

        report.Update(state, now => now with { End = TimeProvider.System.GetUtcNow() });
        return exitCode;
    }

    private async Task<(TesState State, int ExitCode)> Execute(TesTask task, TaskFiles files, CancellationToken stop, CancellationToken ended)
    {
        var run = new ExecutorRun(docker, files, report, settings, log);
        for (var i = 0; i < task.Executors.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            var exit = await run.Run(task, i, stop, ended);
            log.Info("executor ended", ("index", i), ("exitCode", exit.ExitCode));
            stop.ThrowIfCancellationRequested();
            if (exit.OutOfMemory)
            {
                report.Tell($"executors[{i}]: killed for memory: {Memory(task)}");
            }

            if (exit.ExitCode != 0 && !task.Executors[i].IgnoreError)
            {
                (Failed, OutOfMemory) = (i, exit.OutOfMemory);
                report.Tell($"executors[{i}]: ended with exit code {exit.ExitCode}");
                return (TesState.ExecutorError, exit.ExitCode);
            }
        }

        return (TesState.Complete, 0);
    }

    private async Task<(TesState State, int ExitCode)> BringAway(
        TesTask task, TaskFiles files, TesState state, int exitCode, CancellationToken ended)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
        if (state == TesState.Canceled)
        {
            limit.CancelAfter(LastUploads);
        }

        RunFailure? failure = null;
        try
        {
            var whole = state == TesState.Complete;
            var outputs = whole ? task.Outputs : [.. task.Outputs.Select(settings.OfFailure).OfType<TesOutput>()];
            failure = await new TaskStageOut(files, storage, report, log).Run(task with { Outputs = outputs }, whole, limit.Token);
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            report.Tell("the task was told to end, and its outputs could not all be brought away in time");
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            failure = Failures.Of(e, log);
            report.Tell(failure.Message);
        }

        // What failed first is what counts: a missing output never hides a failed command.
        if (failure is not null)
        {
            log.Error("outputs failed", ("reason", failure.Message));
        }

        if (state != TesState.Complete || failure is null)
        {
            return (state, exitCode);
        }

        Failure = failure;
        return (TesState.SystemError, failure.ExitCode);
    }

    private async Task<(TesState State, int ExitCode)> Try(
        Func<Task<(TesState State, int ExitCode)>> work, CancellationToken stop, CancellationToken ended)
    {
        try
        {
            return await work();
        }
        catch (Exception) when (stop.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            report.Tell("the task was told to end");
            return (TesState.Canceled, ExitCodes.Terminated);
        }
        catch (Exception e) when (!ended.IsCancellationRequested)
        {
            var failure = Failure = Failures.Of(e, log);
            report.Tell(failure.Message);
            log.Error("task failed", ("exitCode", failure.ExitCode), ("reason", failure.Message));
            return (TesState.SystemError, failure.ExitCode);
        }
    }

    private void CheckDisk(TesTask task)
    {
        var free = Disks.FreeBytes(settings.Workspace);
        if (task.Resources?.DiskGb is { } gigabytes && free < gigabytes * 1e9)
        {
            throw new RunFailure(ExitCodes.DiskFull, $"the task asks for {gigabytes} GB of disk, and '{settings.Workspace}' has {free / 1e9:0.#} GB free");
        }
    }

    private static string Memory(TesTask task) => task.Resources?.MemoryBytes is { } bytes
        ? $"it had {bytes / (1024 * 1024)} MiB; 'ram_gb' gives it more"
        : "the machine has no more; 'ram_gb' would have told so at the start";
}
