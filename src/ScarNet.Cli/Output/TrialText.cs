namespace ScarNet.Cli.Output;

/// <summary>The summary of <c>try</c> for reading.</summary>
internal static class TrialText
{
    private const int MaxRows = 50;
    private const int MaxFailures = 10;
    private const int ShortestKey = 20;

    /// <summary>What a row takes besides the function and two keys: the gaps too.</summary>
    private const int StatusAndTime = 31;

    /// <param name="answer">What came of it.</param>
    /// <param name="width">Columns there are: long keys lose their beginning to fit. Null is no limit.</param>
    public static string Of(TrialAnswer answer, int? width)
    {
        var others = answer.Runs.Select(run => run.Function.Length).DefaultIfEmpty().Max() + StatusAndTime;
        var longest = width is { } columns ? Math.Max(ShortestKey, (columns - others) / 2) : int.MaxValue;
        var rows = answer.Runs.OrderBy(run => run.Status == "succeeded" ? 1 : 0).Take(MaxRows).ToHashSet();
        var table = Columns.Of(
            ["FUNCTION", "INPUT", "OUTPUTS", "STATUS", "TIME"],
            answer.Runs.Where(rows.Contains).Select(run => new[]
            {
                run.Function,
                Short(Key(run.Input), longest),
                Short(Outputs(run), longest),
                Status(run),
                Amount.Of(TimeSpan.FromSeconds(run.Seconds)),
            }));
        var more = answer.Runs.Count > MaxRows ? $"\n… and {answer.Runs.Count - MaxRows} more" : "";
        var failures = answer.Runs.Where(run => run.Status == "failed").Take(MaxFailures).Select(Failure);
        return string.Concat([table, more, .. failures, "\n\n" + Ending(answer)]);
    }

    private static string Ending(TrialAnswer answer)
    {
        var outputs = answer.Runs.SelectMany(run => run.Outputs).Distinct().Count();
        var results = $"{Amount.Of(outputs, "output")} in {answer.Directory}";
        return answer switch
        {
            { Stuck.Count: > 0 } => $"not done; {results}",
            { Done: false } => $"not done in time; {results}",
            { Failed: > 0 } => $"{Amount.Of(answer.Failed, "invocation")} failed; {results}",
            _ => results,
        };
    }

    private static string Failure(TrialRun run)
    {
        var log = string.Concat((run.Log ?? []).Select(line => "\n    " + LogText.ForEyes(line)));
        return $"\n\n{run.Function} failed on {Printable.Of(Key(run.Input))}: {Printable.Of(run.Error ?? $"exit code {run.ExitCode}")}{log}";
    }

    private static string Short(string key, int longest) => key.Length <= longest ? key : "…" + key[(key.Length - longest + 1)..];

    private static string Key(string? input) => input is null ? "-" : input[(input.IndexOf('/', "s3://".Length) + 1)..];

    private static string Outputs(TrialRun run) => run.Outputs is [var only] ? only[(only.IndexOf('/') + 1)..] : run.Outputs.Count == 0 ? "-" : Amount.Of(run.Outputs.Count, "object");

    private static string Status(TrialRun run) => run is { Status: "failed", ExitCode: { } code } ? $"failed ({code})" : run.Status;
}
