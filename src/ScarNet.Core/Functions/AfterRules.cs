using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What <c>after</c> may name.</summary>
internal static class AfterRules
{
    public static IEnumerable<Problem> Check(Pipeline pipeline)
    {
        var functions = new Dictionary<string, F>();
        foreach (var function in pipeline.Functions)
        {
            functions.TryAdd(function.Name, function);
        }

        return pipeline.Functions.Where(function => function.After.Count > 0).SelectMany(function => Of(function, functions));
    }

    private static IEnumerable<Problem> Of(F function, Dictionary<string, F> functions)
    {
        var name = $"function '{function.Name}'";
        if (function.Mode != ExecutionMode.Batch)
        {
            yield return new(function.PlaceOf(nameof(F.After)), $"'after' of {name} is for Batch jobs, and it is in another mode", "'execution_mode: batch'");
        }

        var good = true;
        for (var i = 0; i < function.After.Count; i++)
        {
            if (Flaw(function, function.After[i], functions) is var (message, hint))
            {
                good = false;
                yield return new(function.PlaceOf($"{nameof(F.After)}.{i}"), message, hint);
            }
        }

        if (good && function.Triggers.Count == 0 && AfterOrder.Origins(function.Name, Triggered, After) is { Count: not 1 } origins)
        {
            yield return new(
                function.PlaceOf(nameof(F.After)),
                origins.Count == 0
                    ? $"{name} has no input, nor has what it comes after: there are no files to work on"
                    : $"{name} has no input of its own and comes after functions with different ones: {string.Join(", ", origins.Select(o => $"'{o}'"))}",
                origins.Count == 0 ? "give one of them an 'input'" : "give it an 'input'");
        }

        bool Triggered(string other) => functions[other].Triggers.Count > 0;
        IReadOnlyList<string> After(string other) => [.. functions[other].After.Where(functions.ContainsKey)];
    }

    private static (string Message, string Hint)? Flaw(F function, string other, Dictionary<string, F> functions)
    {
        if (other == function.Name)
        {
            return ($"function '{other}' is to come after itself", "'after' names other functions of the pipeline");
        }

        if (!functions.TryGetValue(other, out var found))
        {
            return ($"'after' of function '{function.Name}' names '{other}', which is no function of the pipeline", $"there are {string.Join(", ", functions.Keys.Where(name => name != function.Name))}");
        }

        if (found.Mode != ExecutionMode.Batch)
        {
            return ($"function '{function.Name}' cannot wait for '{other}', which is not in batch mode", "what Batch does not run, it cannot wait for: 'execution_mode: batch'");
        }

        return AfterOrder.Circle(function.Name, other, name => functions.TryGetValue(name, out var f) ? f.After : []) is { } circle
            ? ($"functions wait for each other in a circle: {string.Join(" → ", circle.Select(name => $"'{name}'"))}", "take one 'after' away")
            : null;
    }
}
