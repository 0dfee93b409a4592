namespace ScarNet.Local.CloudFormation;

/// <summary>The values that a stack's parameters get.</summary>
internal static class ParameterValues
{
    /// <param name="template">Declares them.</param>
    /// <param name="given">Name → value; null stands for "as before".</param>
    /// <param name="previous">Of the stack as it is.</param>
    /// <exception cref="Http.ApiException">One is missing, unknown or not what it may be.</exception>
    public static IReadOnlyDictionary<string, string> Of(
        Template template, IReadOnlyDictionary<string, string?> given, IReadOnlyDictionary<string, string> previous)
    {
        if (given.Keys.Except(template.Parameters.Keys).ToArray() is { Length: > 0 } unknown)
        {
            throw StackFault.Invalid($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in template.Parameters.Values)
        {
            if (Value(parameter, given, previous) is { } value)
            {
                values[parameter.Name] = parameter.Problem(value) is { } problem ? throw StackFault.Invalid(problem) : value;
            }
        }

        return template.Parameters.Keys.Except(values.Keys).ToArray() is { Length: > 0 } missing
            ? throw StackFault.Invalid($"Parameters: [{string.Join(", ", missing)}] must have values")
            : values;
    }

    private static string? Value(
        TemplateParameter parameter, IReadOnlyDictionary<string, string?> given, IReadOnlyDictionary<string, string> previous) =>
        !given.TryGetValue(parameter.Name, out var value) ? parameter.Default
        : value ?? (previous.TryGetValue(parameter.Name, out var before)
            ? before
            : throw StackFault.Invalid($"Invalid input for parameter key {parameter.Name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template"));
}
