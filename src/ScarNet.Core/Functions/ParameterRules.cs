using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the parameters of one function must be, and the placeholders that stand for them.</summary>
internal static class ParameterRules
{
    // Batch shows the definition's parameters: ours are among them.
    private const string Reserved = "scarnet";

    public static IEnumerable<Problem> Check(F function) => Names(function).Concat(Arguments(function));

    private static IEnumerable<Problem> Names(F function)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in function.Parameters)
        {
            var place = function.PlaceOf($"{nameof(F.Parameters)}.{name}");
            var what = $"parameter '{name}' of function '{function.Name}'";
            if (!Parameters.IsName(name) || name.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase))
            {
                yield return new(place, $"{what} has a name it cannot have", $"letters, digits, '-' and '_', at most 128, not beginning with '{Reserved}'");
            }
            else if (!variables.TryAdd(Parameters.Variable(name), name))
            {
                yield return new(place, $"{what} and '{variables[Parameters.Variable(name)]}' would both be '{Parameters.Variable(name)}'", "give one of them another name");
            }

            if (value is null && function.Triggers.Count > 0)
            {
                yield return new(
                    place,
                    $"{what} has no default, and the function is started by its input: nobody is there to give a value",
                    $"give it a default: '{name}: VALUE', or take the input away and call the function with -P {name}=VALUE");
            }
            else if (value is not null && Parameters.Flaw(value) is { } flaw)
            {
                yield return new(place, $"the default of {what} {flaw}", $"without one, '{name}:', it is required");
            }
        }
    }

    private static IEnumerable<Problem> Arguments(F function)
    {
        for (var i = 0; i < function.Arguments.Count; i++)
        {
            if (Parameters.NameIn(function.Arguments[i]) is { } name && !function.Parameters.ContainsKey(name))
            {
                yield return new(
                    function.PlaceOf($"{nameof(F.Arguments)}.{i}"),
                    $"'{function.Arguments[i]}' of function '{function.Name}' stands for a parameter that it does not declare",
                    Hint(name, function));
            }
        }
    }

    /// <summary>What to write for a parameter that is not there.</summary>
    public static string Hint(string name, F function) =>
        function.Parameters.Keys.FirstOrDefault(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase)
            || other.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(other, StringComparison.OrdinalIgnoreCase)) is { } near
            ? $"did you mean '{Parameters.Prefix}{near}'?"
            : $"declare it: 'parameters: {{{name}: DEFAULT}}'";
}
