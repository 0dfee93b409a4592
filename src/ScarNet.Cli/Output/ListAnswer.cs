using ScarNet.Cli.Deployed;

namespace ScarNet.Cli.Output;

internal sealed record ListAnswer(IReadOnlyList<ListedFunction> Functions);

internal sealed record ListedFunction(
    string Name, string Pipeline, string Mode, string? Image, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, int? Version, string State)
{
    public static ListedFunction Of(DeployedFunction f) => new(
        f.Name,
        f.Pipeline,
        f.Mode,
        f.Image,
        [.. f.Spec?.Triggers.Select(trigger => trigger.ToString()) ?? []],
        [.. f.Spec?.Outputs.Select(output => output.ToString()) ?? []],
        f.Version,
        f.State);
}

internal static class ListText
{
    public static string Of(ListAnswer answer) => answer.Functions.Count == 0 ? "no functions" : Columns.Of(
        ["NAME", "PIPELINE", "MODE", "IMAGE", "INPUT", "OUTPUT", "VERSION", "STATE"],
        answer.Functions.Select(f => new[] { f.Name, f.Pipeline, f.Mode, f.Image ?? "-", All(f.Inputs), All(f.Outputs), f.Version?.ToString() ?? "-", f.State }));

    private static string All(IReadOnlyList<string> places) => places.Count == 0 ? "-" : string.Join(",", places);
}
