using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Output;

internal sealed record ValidateAnswer(bool Valid, IReadOnlyList<string> Functions, IReadOnlyList<ProblemAnswer> Problems)
{
    public static ValidateAnswer Of(ReadResult read) => new(
        read.Pipeline is not null,
        [.. read.Pipeline?.Functions.Select(f => f.Name) ?? []],
        [.. read.Problems.Select(ProblemAnswer.Of)]);
}

internal sealed record ProblemAnswer(string Level, string? File, int? Line, int? Column, string Message, string? Hint)
{
    public static ProblemAnswer Of(Problem p) =>
        new(p.IsWarning ? "warning" : "error", p.Place?.File, p.Place?.Line, p.Place?.Column, p.Message, p.Hint);
}
