using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions;

/// <summary>Problems as the terminal shows them.</summary>
public static class ProblemText
{
    private const int LongestLine = 1000;

    /// <summary>One line, or two when there is a hint, without line ends.</summary>
    public static IEnumerable<string> Lines(Problem problem)
    {
        var level = problem.IsWarning ? "warning" : "error";
        var place = problem.Place is null ? "" : $"{problem.Place}: ";
        yield return $"scarnet: {level}: {place}{OneLine(problem.Message)}";
        if (problem.Hint is not null)
        {
            yield return $"scarnet: hint: {OneLine(problem.Hint)}";
        }
    }

    /// <summary>All of them, each line ended by a line feed.</summary>
    public static string Format(IEnumerable<Problem> problems) => string.Concat(problems.SelectMany(Lines).Select(line => line + "\n"));

    /// <summary>Messages quote what files say: neither control characters nor a megabyte must reach the terminal.</summary>
    private static string OneLine(string text) =>
        string.Concat(text.Take(LongestLine).Select(c => char.IsControl(c) ? ' ' : c)) + (text.Length > LongestLine ? "…" : "");
}
