using ScarNet.Core.Functions;

namespace ScarNet.Core.Events;

/// <summary>Which object events a function works on.</summary>
public static class Router
{
    /// <summary>Why a function passes an object over; null when it works on it.</summary>
    /// <param name="triggers">The function's triggers. Without any, the function takes what it is called with.</param>
    /// <param name="e">The object event.</param>
    public static string? ReasonToSkip(IReadOnlyList<Trigger> triggers, ObjectEvent e)
    {
        // A trigger that takes a whole bucket leaves these out, so that a broken half-result starts nothing.
        if (e.Object.Key.StartsWith(OutputRule.FailedPrefix, StringComparison.Ordinal))
        {
            return $"'{e.Object}' was left by a failed run";
        }

        return triggers.Count == 0 || triggers.Any(t => t.Matches(e)) ? null : $"'{e.Object}' matches no trigger of the function";
    }
}
