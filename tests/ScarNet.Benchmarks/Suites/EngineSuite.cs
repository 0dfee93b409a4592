using ScarNet.Benchmarks.Clients;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Subjects;

namespace ScarNet.Benchmarks.Suites;

/// <summary>The engine's S3 against s3rver, with the same client, and how it carries one large object.</summary>
internal static class EngineSuite
{
    private const int Size = 4096;
    private const int Count = 5000;
    private const int Warm = 500;
    private const long Large = 1L << 30;
    private const double TimesThePeer = 3;
    private const long MostMemory = 200L << 20;

    public static async Task<IReadOnlyList<Row>> Run(CancellationToken cancellation)
    {
        await using var engine = await EngineProcess.Start(cancellation);
        var (put, get) = await Rates(engine.S3, cancellation);
        var peak = await Stream(engine, cancellation);

        await using var s3rver = await S3rver.Start(cancellation);
        var (peerPut, peerGet) = await Rates(s3rver.S3, cancellation);

        return
        [
            Against("PUT of 4 KiB, 16 at once", put, peerPut),
            Against("GET of 4 KiB, 16 at once", get, peerGet),
            new Row("engine's peak memory, 1 GiB put and got", Quantities.MiB(peak), "", "", "< 200 MiB", peak < MostMemory),
        ];
    }

    private static Row Against(string what, double ours, double peer) => new(
        what, Quantities.PerSecond(ours), Quantities.PerSecond(peer) + " (s3rver)", Quantities.Ratio(ours / peer), ">= 3", ours >= TimesThePeer * peer);

    private static async Task<(double Put, double Get)> Rates(S3Endpoint s3, CancellationToken cancellation)
    {
        var body = new byte[Size];
        Random.Shared.NextBytes(body);
        using (var connection = new LeanConnection(s3))
        {
            await connection.Send("PUT", "/bench", default, S3Endpoint.EmptyHash, cancellation);
        }

        await Load.Put(s3, "/bench/warm-", Warm, body, cancellation);
        await Load.Get(s3, "/bench/warm-", Warm, Size, cancellation);
        var put = await Load.Put(s3, "/bench/object-", Count, body, cancellation);
        var get = await Load.Get(s3, "/bench/object-", Count, Size, cancellation);
        return (Count / put.TotalSeconds, Count / get.TotalSeconds);
    }

    private static async Task<long> Stream(EngineProcess engine, CancellationToken cancellation)
    {
        Memory.ResetPeak(engine.Pid);
        using var connection = new LeanConnection(engine.S3);
        await connection.Upload("/bench/large", Large, cancellation);
        var got = await connection.Send("GET", "/bench/large", default, S3Endpoint.EmptyHash, cancellation);
        return got == Large
            ? Memory.PeakBytes(engine.Pid)
            : throw new InvalidOperationException($"the large object came back with {got} bytes");
    }
}
