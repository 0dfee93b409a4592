namespace ScarNet.Core.Iam;

/// <summary>
/// Whether conditions hold. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
/// reference_policies_multi-value-conditions.html
/// </summary>
internal static class ConditionCheck
{
    private const string IfExists = "IfExists";
    private const string AnyValue = "ForAnyValue:";
    private const string AllValues = "ForAllValues:";

    /// <param name="condition">The condition.</param>
    /// <param name="context">What the request carries.</param>
    /// <param name="otherwise">What to say to an operator that is not known: true in a statement that denies, so that nothing is allowed by it.</param>
    public static bool Holds(PolicyCondition condition, IReadOnlyDictionary<string, IReadOnlyList<string>> context, bool otherwise)
    {
        var values = context.FirstOrDefault(pair => pair.Key.Equals(condition.Key, StringComparison.OrdinalIgnoreCase)).Value ?? [];
        if (condition.Operator == "Null")
        {
            return condition.Values.Any(value => value.Equals(values.Count == 0 ? "true" : "false", StringComparison.OrdinalIgnoreCase));
        }

        var (name, set, mayLack) = Parts(condition.Operator);
        var negates = name.Contains("Not", StringComparison.Ordinal);
        if (Comparison(name.Replace("Not", "", StringComparison.Ordinal)) is not { } same)
        {
            return otherwise;
        }

        if (values.Count == 0)
        {
            return mayLack || set == AllValues || (set.Length == 0 && negates);
        }

        // A negated operator holds for a value that is like none of the policy's.
        bool Meets(string value) => condition.Values.Any(wanted => same(wanted, value)) != negates;
        return set == AllValues || (negates && set.Length == 0) ? values.All(Meets) : values.Any(Meets);
    }

    private static (string Name, string Set, bool MayLack) Parts(string text)
    {
        var set = text.StartsWith(AnyValue, StringComparison.Ordinal) ? AnyValue
            : text.StartsWith(AllValues, StringComparison.Ordinal) ? AllValues
            : "";
        var name = text[set.Length..];
        return name.EndsWith(IfExists, StringComparison.Ordinal) ? (name[..^IfExists.Length], set, true) : (name, set, false);
    }

    private static Func<string, string, bool>? Comparison(string name) => name switch
    {
        "StringEquals" => static (wanted, value) => wanted == value,
        "StringEqualsIgnoreCase" => static (wanted, value) => wanted.Equals(value, StringComparison.OrdinalIgnoreCase),
        "StringLike" => static (wanted, value) => PolicyPattern.Matches(wanted, value),
        "ArnEquals" or "ArnLike" => ArnsMatch,
        "Bool" => static (wanted, value) => wanted.Equals(value, StringComparison.OrdinalIgnoreCase),
        _ => null,
    };

    // The six parts are compared one by one: a wildcard does not reach over a ':', but in the last.
    private static bool ArnsMatch(string wanted, string value)
    {
        const int parts = 6;
        var (one, other) = (wanted.Split(':', parts), value.Split(':', parts));
        return one.Length == parts && other.Length == parts && one.Zip(other).All(pair => PolicyPattern.Matches(pair.First, pair.Second));
    }
}
