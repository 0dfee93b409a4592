using System.Diagnostics;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Subjects;

namespace ScarNet.Benchmarks.Suites;

/// <summary>How long the shortest command takes, launcher and all.</summary>
internal static class VersionSuite
{
    private const int Rounds = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(80);

    public static async Task<IReadOnlyList<Row>> Run(CancellationToken cancellation)
    {
        await Command.Run(Repository.Launcher, ["version"], null, cancellation); // builds what is missing
        var times = new List<TimeSpan>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await Command.Run(Repository.Launcher, ["version"], null, cancellation);
            times.Add(watch.Elapsed);
        }

        var median = Quantities.Median(times);
        return [new Row("scarnet version, median of 20", Quantities.Milliseconds(median), "", "", "< 80 ms", median < Longest)];
    }
}
