using ScarNet.Aws.Status;

namespace ScarNet.Cli.Output;

/// <summary>A job that never starts as things are.</summary>
/// <param name="Function">Whose; empty when it is no function's.</param>
/// <param name="JobId">Its id.</param>
/// <param name="Reason">What would have to be changed.</param>
internal sealed record StuckWork(string Function, string JobId, string Reason)
{
    private const int MaxShown = 3;

    public static StuckWork Of(StuckJob job) => new(job.Function, job.JobId, job.Reason);

    /// <summary>Tells of the first few on standard error.</summary>
    public static void Tell(Terminal terminal, IReadOnlyList<StuckWork> all)
    {
        foreach (var work in all.Take(MaxShown))
        {
            var whose = work.Function.Length == 0 ? "" : $" of function '{work.Function}'";
            terminal.Fail($"job '{work.JobId}'{whose} can never start: {work.Reason}", null);
        }

        if (all.Count > MaxShown)
        {
            terminal.Fail("others cannot either", null);
        }
    }
}
