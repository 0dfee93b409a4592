using System.Collections.Concurrent;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Storage;

namespace ScarNet.Supervisor.Stages;

/// <summary>Brings what the script left to where it belongs.</summary>
internal sealed class OutputStage(Upload upload, JobSpec spec)
{
    private const int UploadsAtOnce = 32;

    /// <summary>The outputs of a script that succeeded.</summary>
    /// <param name="work">The invocation.</param>
    /// <param name="place">Its workspace.</param>
    /// <param name="origin">What the outputs say of themselves.</param>
    /// <param name="log">Its log.</param>
    /// <param name="over">When it fires, what is not uploaded is left: the run was told to end.</param>
    /// <param name="cancellation">The supervisor's own end.</param>
    /// <exception cref="RunFailure">A required one is missing, two would land on one key, or one cannot be written.</exception>
    public async Task<IReadOnlyList<RunOutput>> Publish(
        Work work, Workspace place, OutputOrigin origin, Log log, CancellationToken over, CancellationToken cancellation)
    {
        var plan = OutputPlan.Of(ProducedFiles.In(place.Output, log), spec.Outputs, Names(work));
        if (spec.Outputs.Count > 0 && plan.Uploads.Count == 0 && plan.Unclaimed.Count == 0 && ProducedFiles.Astray(place) is { Count: > 0 } astray)
        {
            log.Warn("nothing is in the output directory, and what is elsewhere in the workspace goes with it: write to $TMP_OUTPUT_DIR", ("files", astray));
        }

        string[] problems = [.. plan.Problems, .. plan.Missing.Select(missing => missing.ToString())];
        if (problems.Length > 0)
        {
            throw new RunFailure(ExitCodes.OutputMissing, string.Join("; ", problems));
        }

        if (spec.Outputs.Count > 0)
        {
            foreach (var file in plan.Unclaimed)
            {
                log.Warn("output left behind: no output rule takes it", ("file", file.RelativePath));
            }
        }

        var sent = await Send(plan, place, origin, log, over, cancellation);
        return sent.Count == plan.Uploads.Count ? sent : throw new RunFailure(
            ExitCodes.UploadFailed, $"the run was told to end when {sent.Count} of {plan.Uploads.Count} outputs were uploaded");
    }

    /// <summary>The outputs of a run that failed, as the function's <c>on_failure</c> says. Never fails itself.</summary>
    public async Task<IReadOnlyList<RunOutput>> Keep(
        Work work, Workspace place, OutputOrigin origin, Log log, CancellationToken over, CancellationToken cancellation)
    {
        try
        {
            var files = ProducedFiles.In(place.Output, log);
            var plan = OutputPlan.OfFailure(files, spec.Outputs, Names(work), spec.OnFailure, work.InvocationId);
            foreach (var problem in plan.Problems)
            {
                log.Error("outputs of the failed run are not kept", ("reason", problem));
            }

            return plan.Problems.Count > 0 ? [] : await Send(plan, place, origin, log, over, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // What failed first is what the user must hear of.
            log.Error("outputs of the failed run are not kept", ("reason", Failures.Of(e, log).Message));
            return [];
        }
    }

    private OutputNames Names(Work work) =>
        new(spec.Function, work.RequestId, Path.GetFileNameWithoutExtension(work.Source?.Object.FileName ?? ""));

    /// <returns>What was uploaded: all of the plan, unless it was over before.</returns>
    private async Task<IReadOnlyList<RunOutput>> Send(
        OutputPlan plan, Workspace place, OutputOrigin origin, Log log, CancellationToken over, CancellationToken cancellation)
    {
        var sent = new ConcurrentDictionary<ObjectPath, RunOutput>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, cancellation);
        var options = new ParallelOptions { MaxDegreeOfParallelism = UploadsAtOnce, CancellationToken = either.Token };
        var all = Parallel.ForEachAsync(plan.Uploads, options, async (planned, token) =>
        {
            var file = Path.Combine(place.Output, planned.File.RelativePath);
            sent[planned.Target] = await upload.Send(
                file, planned.Target, planned.File.Size, origin with { Properties = planned.Properties }, spec.Overwrite, token);
        });

        // An upload that does not even end when it is told to must not cost the run record.
        await Task.WhenAny(all, Task.Delay(Timeout.InfiniteTimeSpan, either.Token));
        if (!over.IsCancellationRequested || all.IsCompletedSuccessfully)
        {
            await all;
        }

        var uploaded = sent.ToDictionary();
        foreach (var planned in plan.Uploads.Where(planned => !uploaded.ContainsKey(planned.Target)))
        {
            log.Warn("output not uploaded: the run was told to end", ("file", planned.File.RelativePath), ("bytes", planned.File.Size));
        }

        return [.. plan.Uploads.Select(planned => uploaded.GetValueOrDefault(planned.Target)).OfType<RunOutput>()];
    }
}
