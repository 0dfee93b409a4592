using ScarNet.Core.Functions;

namespace ScarNet.Cli.Definitions;

/// <summary>Collects the problems of a reading, each once.</summary>
internal sealed class ProblemList(IReadOnlyList<DefinitionText> files)
{
    private readonly HashSet<Problem> problems = [];
    private readonly HashSet<Place> duplicates = [];

    public bool HasErrors { get; private set; }

    public void Add(Problem problem)
    {
        HasErrors |= !problem.IsWarning;
        var isDuplicate = problem.Message.StartsWith("duplicate ", StringComparison.Ordinal);
        if (!isDuplicate || problem.Place is null || duplicates.Add(problem.Place)) // a function that stands twice is a key that does
        {
            problems.Add(problem);
        }
    }

    /// <summary>The configuration's first, then file by file from top to bottom, what is about no place last.</summary>
    public IReadOnlyList<Problem> ToList() =>
        [.. problems
            .OrderBy(problem => problem.Place is null ? files.Count : IndexOf(problem.Place.File))
            .ThenBy(problem => problem.Place?.Line)
            .ThenBy(problem => problem.Place?.Column)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal)];

    private int IndexOf(string name)
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
