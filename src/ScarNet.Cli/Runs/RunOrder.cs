using ScarNet.Core;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Runs;

/// <summary>The order in which functions are started together, and which of their jobs wait for which.</summary>
internal static class RunOrder
{
    /// <summary>Ties the jobs of functions that wait for each other.</summary>
    /// <returns>The functions, each behind those it waits for.</returns>
    /// <exception cref="ScarException">One would wait for what is not there.</exception>
    public static IReadOnlyList<FunctionRun> Of(IReadOnlyList<FunctionRun> runs)
    {
        var byName = runs.ToDictionary(run => run.Name);
        var order = AfterOrder.Sort([.. byName.Keys], name => byName[name].After);
        foreach (var run in order.Select(name => byName[name]))
        {
            Tie(run, byName);
        }

        return [.. order.Select(name => byName[name])];
    }

    private static void Tie(FunctionRun run, Dictionary<string, FunctionRun> byName)
    {
        var before = run.After.Where(byName.ContainsKey).Select(name => byName[name]).ToList();
        if (run.Triggers.Count == 0 && run.After.Count > 0 && run.After.FirstOrDefault(name => !byName.ContainsKey(name)) is { } missing)
        {
            throw new ScarException($"function '{run.Name}' works on the files of '{missing}', which is not run", $"name both: -n {missing} -n {run.Name}");
        }

        if (before.Count == 0)
        {
            return;
        }

        if (run.Batches is null || before.Exists(other => other.Batches is null))
        {
            throw new ScarException(
                $"function '{run.Name}' comes after {string.Join(", ", before.Select(other => $"'{other.Name}'"))}, and only Batch jobs wait for each other",
                "leave out '--array false', and run 'scarnet init' when a mode was changed");
        }

        var jobs = before.Select(other => other.Batches!);
        if (run.Triggers.Count > 0)
        {
            run.Batches.WaitFor(jobs);
            return;
        }

        var origin = AfterOrder.Origins(run.Name, name => byName[name].Triggers.Count > 0, name => byName[name].After);
        byName[origin[0]].Batches!.Lead(run.Batches, jobs);
    }
}
