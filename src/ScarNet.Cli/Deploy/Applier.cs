using ScarNet.Aws;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// Carries a plan out: in its order, and at once what does not depend on one another. When a step fails, or the user interrupts, what
/// this run has created is undone, the newest first; what it has updated stays, and the next run goes on from there.
/// </summary>
public static class Applier
{
    private const int AtOnce = 8;

    /// <summary>For each thing: AWS Batch ends jobs and machines before it takes a queue or a compute environment away.</summary>
    private static readonly TimeSpan LongestUndo = TimeSpan.FromMinutes(15);

    /// <param name="plan">The plan.</param>
    /// <param name="progress">Is told of every step that does something; from several threads.</param>
    /// <param name="cancellation">Ends the run; what it has created is undone then.</param>
    /// <param name="rollback">Whether what a run that fails has created is undone; else it stays, and the next run goes on from there.</param>
    /// <param name="undoing">Is called when undoing begins; the token ends that, and what is left is told. Null: nothing ends it.</param>
    public static async Task Apply(
        DeployPlan plan, IProgress<StepProgress>? progress, CancellationToken cancellation, bool rollback = true, Func<CancellationToken>? undoing = null)
    {
        var undos = new UndoList();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var slots = new SemaphoreSlim(AtOnce);
        var running = new Dictionary<Step, Task>(ReferenceEqualityComparer.Instance);
        Exception? first = null;
        foreach (var step in plan.Steps)
        {
            running[step] = Run(step, [.. step.After.Select(before => running[before])]);
        }

        await Task.WhenAll(running.Values.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        if (first is null)
        {
            if (!cancellation.IsCancellationRequested)
            {
                return;
            }

            first = new OperationCanceledException(cancellation);
        }

        if (!rollback)
        {
            throw Unfinished(first, undos);
        }

        var left = await Undo(undos, progress, undoing?.Invoke() ?? CancellationToken.None);
        throw left.Count == 0 ? first : Incomplete(first, left);

        async Task Run(Step step, Task[] before)
        {
            await Task.WhenAll(before);
            if (step.Kind == StepKind.Keep)
            {
                return;
            }

            await slots.WaitAsync(failed.Token);
            try
            {
                progress?.Report(new(step, StepState.Started));
                // Not ended by another's failure: a call that is broken off may still be carried out, after its undoing.
                await step.Action(new StepRun(step, undos, progress), cancellation);
                progress?.Report(new(step, StepState.Done));
            }
            catch (Exception e)
            {
                // The first failure is the cause; the others are steps that were told to stop because of it.
                if (Interlocked.CompareExchange(ref first, e, null) is null)
                {
                    progress?.Report(new(step, StepState.Failed, e.Message));
                }

                await failed.CancelAsync();
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private static async Task<List<string>> Undo(UndoList undos, IProgress<StepProgress>? progress, CancellationToken enough)
    {
        var left = new List<string>();
        while (undos.Take() is { } created)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(enough);
            deadline.CancelAfter(LongestUndo);
            try
            {
                enough.ThrowIfCancellationRequested();
                progress?.Report(new(created.Step, StepState.Undoing));
                await created.Undo(deadline.Token);
                progress?.Report(new(created.Step, StepState.Undone));
            }
            catch (Exception e)
            {
                var why = enough.IsCancellationRequested ? "interrupted"
                    : deadline.IsCancellationRequested ? $"not done after {LongestUndo.TotalMinutes:0} min"
                    : e.Message;
                left.Add($"{created.Step.Resource} '{created.Step.Name}' ({why})");
                progress?.Report(new(created.Step, StepState.NotUndone, why));
            }
        }

        return left;
    }

    private static Exception Unfinished(Exception cause, UndoList created)
    {
        var stays = new List<string>();
        while (created.Take() is { } entry)
        {
            stays.Add($"{entry.Step.Resource} '{entry.Step.Name}'");
        }

        return stays.Count == 0 || cause is OperationCanceledException ? cause : Left(cause, $"what has been created stays: {string.Join(", ", stays.Distinct())}");
    }

    private static UnfinishedRunException Incomplete(Exception cause, List<string> left) =>
        Left(cause, $"and what had been created could not all be taken away again: {string.Join(", ", left)}");

    private static UnfinishedRunException Left(Exception cause, string left)
    {
        var explained = cause as ScarException ?? AwsErrors.Explain(cause);
        const string goOn = "'scarnet init' again goes on from there, 'scarnet rm' takes it away";
        return new($"{explained?.Message ?? cause.Message}; {left}", cause) { Hint = explained?.Hint is { } hint ? $"{hint}; {goOn}" : goOn };
    }
}
