using ScarNet.Benchmarks.Clients;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Subjects;

namespace ScarNet.Benchmarks.Suites;

/// <summary>A cold supervisor that handles one event, against a cold Python that does one PUT and one GET.</summary>
internal static class SupervisorSuite
{
    private const int Rounds = 15;
    private const long Large = 2L << 30;
    private const double PartOfThePeer = 0.1;
    private const long MostMemory = 40L << 20;

    public static async Task<IReadOnlyList<Row>> Run(CancellationToken cancellation)
    {
        await using var engine = await EngineProcess.Start(cancellation);
        using var supervisor = new ColdSupervisor(engine.S3, engine.Environment);
        await supervisor.Prepare(cancellation);

        var ours = new List<(TimeSpan Time, long PeakBytes)>();
        var peer = new List<(TimeSpan Time, long PeakBytes)>();
        await Load.Put(engine.S3, "/bench/in/small-", Rounds, new byte[1000], cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await supervisor.Handle($"small-{round}", 1000, cancellation));
            peer.Add(await PythonBoto3.Run(engine.S3, engine.Environment, cancellation));
        }

        var large = await HandleLarge(engine, supervisor, cancellation);
        var (time, peerTime) = (Quantities.Median(ours.Select(o => o.Time)), Quantities.Median(peer.Select(p => p.Time)));
        var (peak, peerPeak) = (ours.Max(o => o.PeakBytes), peer.Max(p => p.PeakBytes));
        return
        [
            new Row(
                "supervisor cold: start to one event handled, median of 15",
                Quantities.Milliseconds(time),
                Quantities.Milliseconds(peerTime) + " (boto3)",
                Quantities.Ratio(time / peerTime),
                "<= 0.10",
                time <= PartOfThePeer * peerTime),
            new Row(
                "supervisor's peak memory, 1 kB object",
                Quantities.MiB(peak),
                Quantities.MiB(peerPeak) + " (boto3)",
                Quantities.Ratio((double)peak / peerPeak),
                "< 40 MiB",
                peak < MostMemory),
            new Row("supervisor's peak memory, 2 GiB object", Quantities.MiB(large), "", "", "< 40 MiB", large < MostMemory),
        ];
    }

    private static async Task<long> HandleLarge(EngineProcess engine, ColdSupervisor supervisor, CancellationToken cancellation)
    {
        using var connection = new LeanConnection(engine.S3);
        await connection.Upload("/bench/in/large", Large, cancellation);
        var (_, peak) = await supervisor.Handle("large", Large, cancellation);
        await connection.Send("HEAD", "/bench/out/large", default, S3Endpoint.EmptyHash, cancellation);
        return peak;
    }
}
