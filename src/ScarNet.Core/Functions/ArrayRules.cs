using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What a function may say of its array jobs.</summary>
internal static class ArrayRules
{
    private const string Hint = "'execution_mode: batch'";

    public static IEnumerable<Problem> Check(F function)
    {
        var name = $"function '{function.Name}'";
        if (function.ErrorTolerance is { } tolerance)
        {
            if (!ErrorTolerance.IsOne(tolerance))
            {
                yield return new(
                    function.PlaceOf(nameof(F.ErrorTolerance)), $"error_tolerance of {name} is '{tolerance}'", "a number of children, '5', or a part of them, '10%'");
            }
            else if (function.Mode != ExecutionMode.Batch)
            {
                yield return new(function.PlaceOf(nameof(F.ErrorTolerance)), $"error_tolerance of {name} is for array jobs, which only a function in batch mode has", Hint);
            }
        }

        if (function.Array && function.Mode != ExecutionMode.Batch)
        {
            yield return new(function.PlaceOf(nameof(F.Array)), $"{name} has 'array: true', and only a function in batch mode makes array jobs", Hint);
        }
    }
}
