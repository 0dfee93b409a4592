using ScarNet.Cli.Health;

namespace ScarNet.Cli.Output;

/// <param name="Healthy">Whether nothing is a problem.</param>
/// <param name="Findings">In the order of the table.</param>
internal sealed record DoctorAnswer(bool Healthy, IReadOnlyList<DoctorFinding> Findings)
{
    public static DoctorAnswer Of(IReadOnlyList<Finding> findings) => new(
        findings.All(finding => finding.Level != Level.Problem),
        [.. findings.Select(f => new DoctorFinding(f.Check, f.Level.ToString().ToLowerInvariant(), f.Message, f.Mend))]);
}

/// <param name="Check">What was looked at.</param>
/// <param name="Level">ok, warning or problem.</param>
/// <param name="Message">What was found.</param>
/// <param name="Mend">What mends it; null when nothing has to be.</param>
internal sealed record DoctorFinding(string Check, string Level, string Message, string? Mend);

internal static class DoctorText
{
    public static string Of(DoctorAnswer answer) => Columns.Of(
        ["CHECK", "STATE", "FINDING", "MEND"], answer.Findings.Select(f => new[] { f.Check, f.Level, f.Message, f.Mend ?? "-" }));
}
