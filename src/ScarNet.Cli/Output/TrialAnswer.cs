using ScarNet.Cli.Trials;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Output;

/// <summary>What <c>try</c> answers. <c>Done</c>: everything ended in time. <c>Stuck</c>: jobs that never start, for which it did not wait.</summary>
internal sealed record TrialAnswer(
    bool Succeeded, bool Done, string Directory, int Failed, IReadOnlyList<TrialRun> Runs, IReadOnlyList<StuckWork> Stuck)
{
    public static TrialAnswer Of(TrialResult result, string directory) => new(
        result.Succeeded,
        result.AtRest,
        directory,
        result.Failed,
        [.. result.Runs.Select(run => TrialRun.Of(run, result.Logs.GetValueOrDefault(run.InvocationId)))],
        result.Stuck);
}

internal sealed record TrialRun(
    string Function, string? Input, IReadOnlyList<string> Outputs, string Status, double Seconds, int? ExitCode, string? Error, IReadOnlyList<string>? Log)
{
    public static TrialRun Of(RunRecord run, IReadOnlyList<string>? log) => new(
        run.Function,
        run.Source?.Object.ToString(),
        [.. run.Outputs.Select(output => $"{output.Bucket}/{output.Key}")],
        run.Status.ToString().ToLowerInvariant(),
        Math.Round((run.Ended - run.Started).TotalSeconds, 3),
        run.ExitCode,
        run.Error,
        log is [] && run.ErrorTail is { } tail ? tail.TrimEnd('\n').Split('\n') : log);
}
