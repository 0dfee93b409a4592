namespace ScarNet.Cli.Deploy;

/// <summary>What becomes of the jobs of functions that go.</summary>
/// <param name="Steps">What ends them; none where they are kept.</param>
/// <param name="Queues">Functions by the step that sees to their jobs.</param>
/// <param name="Kept">Functions whose jobs go on.</param>
/// <param name="OthersIn">Queues that have been looked at, each with whether jobs in it stay.</param>
internal sealed record EndedJobs(
    IReadOnlyList<Step> Steps,
    ILookup<string, Step> Queues,
    IReadOnlySet<string> Kept,
    IReadOnlyDictionary<string, bool> OthersIn)
{
    /// <summary>Steps after which a function has no jobs any more.</summary>
    public IEnumerable<Step> Of(string function) => Queues[function];

    public bool Keeps(string function) => Kept.Contains(function);
}
