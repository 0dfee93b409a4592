using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Containers;
using ScarNet.Supervisor.Scripts;
using ScarNet.Supervisor.Stages;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor;

/// <summary>Runs an invocation in a workspace of this machine.</summary>
/// <param name="workspaces">Where.</param>
/// <param name="input">Stages in.</param>
/// <param name="stage">Does the work.</param>
/// <param name="script">Makes a script ready that runs elsewhere.</param>
/// <param name="output">Stages out.</param>
/// <param name="threshold">The time kept for uploads at the end of the Lambda or the job.</param>
/// <param name="memoryMiB">What the Lambda or the job has; null when nobody says.</param>
/// <param name="termination">The service wants the run to end: the script is ended, and what it left is still brought away.</param>
internal sealed class RunHere(
    Workspaces workspaces,
    InputStage input,
    IWorkStage stage,
    ScriptStage script,
    OutputStage output,
    TimeSpan threshold,
    int? memoryMiB,
    Termination termination)
{
    /// <param name="work">The invocation.</param>
    /// <param name="record">The record of the run that begins.</param>
    /// <param name="mayGiveUp">Whether a Batch job can take over what does not fit or does not finish here.</param>
    /// <param name="log">The invocation's log.</param>
    /// <param name="ended">The supervisor's own end.</param>
    /// <returns>The record of the run that has ended; null when a Batch job shall take over: then nothing was published.</returns>
    /// <exception cref="SupersededException">The object is gone or was replaced.</exception>
    /// <exception cref="RunFailure">The script could not be brought to run.</exception>
    public async Task<RunRecord?> Run(Work work, RunRecord record, bool mayGiveUp, Log log, CancellationToken ended)
    {
        using var scope = workspaces.Open();
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(termination.Asked, ended);
        termination.TellIn(scope.Place.SpotNotice);
        using var staged = await StageIn(work, scope.Place, mayGiveUp, log, interrupted.Token, ended);
        if (staged is null)
        {
            return null;
        }

        record = Told(record, staged);
        var result = await stage.Run(work, scope.Place, staged, log, interrupted.Token, ended);
        ended.ThrowIfCancellationRequested();
        log.Info("script ended", ("exitCode", result.ExitCode), ("seconds", result.Took), ("leftovers", result.Leftovers));

        var diskFull = result.ExitCode != 0 && Disks.IsFull(scope.Place.Root);
        if (mayGiveUp && (result.TimedOut || diskFull))
        {
            log.Info("the script did not finish here: a Batch job takes over", ("timedOut", $"{result.TimedOut}"), ("diskFull", $"{diskFull}"));
            return null;
        }

        return await End(work, scope.Place, record, result, diskFull, log, ended);
    }

    /// <summary>Stages in and makes the script ready, for another container to run it as any user.</summary>
    /// <param name="work">The invocation.</param>
    /// <param name="record">The record of the run that begins.</param>
    /// <param name="place">An empty workspace.</param>
    /// <param name="log">The invocation's log.</param>
    /// <param name="ended">The supervisor's own end.</param>
    /// <exception cref="SupersededException">The object is gone or was replaced.</exception>
    /// <exception cref="RunFailure">The script could not be made ready.</exception>
    public async Task<(RunRecord Record, ScriptCall Call)> Prepare(
        Work work, RunRecord record, Workspace place, Log log, CancellationToken ended)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(termination.Asked, ended);
        using var staged = await UntilTold(() => input.Run(work, place, interrupted.Token), ended);
        var call = await UntilTold(() => script.Prepare(work, place, staged, log, interrupted.Token), ended);
        SharedWorkspace.Open(place);
        return (Told(record, staged), call);
    }

    /// <summary>Stages out what a script has left that another container has run.</summary>
    public async Task<RunRecord> Finish(
        Work work, RunRecord record, Workspace place, ScriptResult result, Log log, CancellationToken ended)
    {
        var named = result with { Command = await script.LastCommand(work, place, ended) };
        log.Info("script ended", ("exitCode", result.ExitCode), ("seconds", result.Took), ("leftovers", result.Leftovers));
        return await End(work, place, record, named, result.ExitCode != 0 && Disks.IsFull(place.Root), log, ended);
    }

    /// <returns>Null when a Batch job shall take over: the inputs do not fit, or are not there when the script would have to be done.</returns>
    private async Task<Staged?> StageIn(
        Work work, Workspace place, bool mayGiveUp, Log log, CancellationToken interrupted, CancellationToken ended)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var now = TimeProvider.System.GetUtcNow();
        if (mayGiveUp && Supervision.ScriptDeadline(now, work.End, threshold) is { } deadline)
        {
            late.CancelAfter(deadline > now ? deadline - now : TimeSpan.Zero);
        }

        try
        {
            return await UntilTold(() => input.Run(work, place, late.Token), ended);
        }
        catch (RunFailure e) when (mayGiveUp && e.ExitCode == ExitCodes.DiskFull)
        {
            log.Info("the inputs do not fit here: a Batch job takes over", ("reason", e.Message));
            return null;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !interrupted.IsCancellationRequested)
        {
            log.Info("the inputs do not arrive here in time: a Batch job takes over", ("seconds", TimeProvider.System.GetUtcNow() - now));
            return null;
        }
    }

    private async Task<T> UntilTold<T>(Func<Task<T>> stageIn, CancellationToken ended)
    {
        try
        {
            return await stageIn();
        }
        catch (OperationCanceledException) when (termination.Asked.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            throw Reclaimed("before its inputs were there") ?? new RunFailure(ExitCodes.Terminated, "the run was told to end before its inputs were there");
        }
    }

    private static RunRecord Told(RunRecord record, Staged staged) =>
        record with { Hops = staged.Head?.Hops ?? 0, ParentInvocationId = staged.Head?.ParentRun, Inputs = staged.Read };

    private async Task<RunRecord> End(
        Work work, Workspace place, RunRecord record, ScriptResult result, bool diskFull, Log log, CancellationToken ended)
    {
        var origin = new OutputOrigin(work.InvocationId, work.Source?.Object, record.Hops + 1);
        var failure = (result.Interrupted ? Reclaimed($"after {result.Took.TotalSeconds:0.#} s") : null) ?? result.Failure ?? Judge(result, diskFull);
        if (result.Published is { } published)
        {
            return failure is null
                ? record with { Status = RunStatus.Succeeded, ExitCode = 0, Outputs = published }
                : record with { ExitCode = failure.ExitCode, Error = failure.Message, ErrorTail = result.ErrorTail, Outputs = published };
        }

        if (failure is null)
        {
            try
            {
                var outputs = await output.Publish(work, place, origin, log, termination.UploadsOver, ended);
                return record with { Status = RunStatus.Succeeded, ExitCode = 0, Outputs = outputs };
            }
            catch (RunFailure e) when (e.ExitCode == ExitCodes.OutputMissing)
            {
                failure = e;
            }
        }

        var kept = await output.Keep(work, place, origin, log, termination.UploadsOver, ended);
        return record with { ExitCode = failure.ExitCode, Error = failure.Message, ErrorTail = result.ErrorTail, Outputs = kept };
    }

    // Another attempt on another machine may finish: the exit code is the one that is tried again.
    private RunFailure? Reclaimed(string when) => termination.Notice is { } notice
        ? new(ExitCodes.UploadFailed, $"the machine was taken back (spot, {notice.Action} at {notice.Time.UtcDateTime:HH:mm:ss} UTC): the run was ended {when}")
        : null;

    // A script that is told to end may still say 0: that is no success.
    private RunFailure? Judge(ScriptResult result, bool diskFull)
    {
        var exitCode = (result.TimedOut || result.Interrupted) && result.ExitCode == 0 ? ExitCodes.Terminated : result.ExitCode;
        return result switch
        {
            { TimedOut: true } => new(exitCode, $"the script was ended at its deadline, after {result.Took.TotalSeconds:0.#} s"),
            { Interrupted: true } => new(exitCode, $"the run was told to end: the script was ended after {result.Took.TotalSeconds:0.#} s"),
            { ExitCode: 0 } => null,
            { OutOfMemoryMiB: { } had } => new(
                exitCode,
                $"{ExitCodes.Describe(exitCode, result.Ended)}: it ran out of memory, of which it had {had} MiB; 'batch: {{memory: ...}}' gives it more"),
            { ExitCode: ExitCodes.Killed } when memoryMiB is not null => new(
                exitCode, $"{ExitCodes.Describe(exitCode, result.Ended)}, of which it had {memoryMiB} MiB"),
            _ when diskFull => new(exitCode, $"{ExitCodes.Describe(exitCode, result.Ended)}; the disk of its workspace is full"),
            _ => new(exitCode, ExitCodes.Describe(exitCode, result.Ended)),
        };
    }
}
