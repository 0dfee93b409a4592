using ScarNet.Core.Functions;

namespace ScarNet.Core.Jobs;

/// <summary>An output rule that wants more files than the script left for it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Found">How many files it takes.</param>
public sealed record MissingOutput(OutputRule Rule, int Found)
{
    /// <summary>As a run's error says it.</summary>
    public override string ToString()
    {
        var files = Rule.Files.Count == 0 ? "" : $" ({string.Join(", ", Rule.Files.Select(pattern => $"'{pattern}'"))})";
        return Found == 0
            ? $"the script left no file for the required output '{Rule}'{files}"
            : $"the script left {Found} of at least {Rule.Minimum} files for the output '{Rule}'{files}";
    }
}
