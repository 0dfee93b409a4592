using System.Globalization;
using ScarNet.Benchmarks.Clients;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Subjects;

namespace ScarNet.Benchmarks.Suites;

/// <summary>
/// What a run's transfers cost, against the tools that carry objects: one of 1 GiB and 1,000 of 64 KiB, down and up. Ours is a whole
/// invocation, claim and run record included, whose script does nothing but leave or take the files.
/// </summary>
/// <remarks>
/// Beside the engine a server that is not ours, when <c>SCARNET_BENCH_S3</c> names its endpoint; <c>SCARNET_BENCH_S3_ACCESS_KEY</c> and
/// <c>SCARNET_BENCH_S3_SECRET_KEY</c> are its keys.
/// </remarks>
internal static class TransferSuite
{
    private const int Rounds = 2;
    private const long LargeBytes = 1L << 30;
    private const int Many = 1000;
    private const int SmallBytes = 64 * 1024;
    private const long MostMemory = 48L << 20;

    public static async Task<IReadOnlyList<Row>> Run(CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await using (var engine = await EngineProcess.Start(cancellation))
        {
            rows.AddRange(await Against("engine", engine.S3, engine.Environment, cancellation));
        }

        if (Environment.GetEnvironmentVariable("SCARNET_BENCH_S3") is { Length: > 0 } address)
        {
            var other = new S3Endpoint(new Uri(address), Key("ACCESS"), Key("SECRET"));
            var environment = new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = address,
                ["AWS_ACCESS_KEY_ID"] = other.AccessKey,
                ["AWS_SECRET_ACCESS_KEY"] = other.SecretKey,
                ["AWS_REGION"] = other.Region,
                ["AWS_DEFAULT_REGION"] = other.Region,
            };
            rows.AddRange(await Against(other.Address.Authority, other, environment, cancellation));
        }

        return rows;
    }

    private static string Key(string which) => Environment.GetEnvironmentVariable($"SCARNET_BENCH_S3_{which}_KEY")
        ?? throw new InvalidOperationException($"SCARNET_BENCH_S3 is set, and SCARNET_BENCH_S3_{which}_KEY is not");

    private static async Task<List<Row>> Against(
        string where, S3Endpoint s3, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var peers = new TransferPeers(s3, environment, scratch).Installed;
        var large = scratch.File("large");
        var many = scratch.File("many");
        await Fill(large, many, cancellation);

        using var taker = new ColdSupervisor(s3, environment, "#!/bin/sh\nexit 0\n");
        // '$$': new keys each time, as the peers have them
        using var leaver = new ColdSupervisor(s3, environment, $"#!/bin/sh\nexec ln '{large}' \"$TMP_OUTPUT_DIR/$$\"\n");
        using var scatterer = new ColdSupervisor(s3, environment, $"#!/bin/sh\nexec cp -rl '{many}' \"$TMP_OUTPUT_DIR/$$\"\n");
        using var gatherer = new ColdSupervisor(s3, environment, "#!/bin/sh\nexit 0\n", "s3://bench/many/");
        await taker.Prepare(cancellation);
        await Load.Put(s3, "/bench/in/small-", 1, Random(), cancellation);
        await Load.Put(s3, "/bench/many/", Many, Random(), cancellation);
        using (var connection = new LeanConnection(s3))
        {
            await connection.Upload("/bench/in/large", LargeBytes, cancellation);
        }

        return
        [
            Row($"{where}: 1 GiB down", await Ours(taker, "large", LargeBytes), await Peers("s3://bench/in/large", scratch.File("down"), false)),
            Row($"{where}: 1 GiB up", await Ours(leaver, "small-0", SmallBytes), await Peers(large, "s3://bench/peer/large", false)),
            Row($"{where}: 1,000 of 64 KiB down", await Ours(gatherer, "small-0", SmallBytes), await Peers("s3://bench/many", scratch.File("gathered"), true)),
            Row($"{where}: 1,000 of 64 KiB up", await Ours(scatterer, "small-0", SmallBytes), await Peers(many, "s3://bench/peer/many", true)),
        ];

        async Task<Measured> Ours(ColdSupervisor supervisor, string name, long size)
        {
            var (time, peak) = await supervisor.Handle(name, size, cancellation);
            var measured = new Measured(time, peak);
            for (var round = 1; round < Rounds; round++)
            {
                (time, peak) = await supervisor.Handle(name, size, cancellation);
                measured = Measured.Best(measured, new(time, peak));
            }

            return measured;
        }

        async Task<Dictionary<string, Measured>> Peers(string from, string to, bool directory)
        {
            var best = new Dictionary<string, Measured>(StringComparer.Ordinal);
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var (name, carry) in peers)
                {
                    var target = $"{to}-{name}-{round}";
                    var measured = await carry(from, target, directory, cancellation);
                    best[name] = best.TryGetValue(name, out var before) ? Measured.Best(before, measured) : measured;
                    Remove(target);
                }
            }

            return best;
        }
    }

    private static byte[] Random()
    {
        var bytes = new byte[SmallBytes];
        System.Random.Shared.NextBytes(bytes);
        return bytes;
    }

    private static void Remove(string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        if (File.Exists(target))
        {
            File.Delete(target);
        }
    }

    private static async Task Fill(string large, string many, CancellationToken cancellation)
    {
        await using (var file = File.Create(large))
        {
            for (var block = new byte[1 << 20]; file.Length < LargeBytes;)
            {
                System.Random.Shared.NextBytes(block);
                await file.WriteAsync(block, cancellation);
            }
        }

        Directory.CreateDirectory(many);
        for (var i = 0; i < Many; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(many, $"{i:0000}"), Random(), cancellation);
        }
    }

    private static Row Row(string what, Measured ours, Dictionary<string, Measured> peers)
    {
        var best = peers.Values.MinBy(peer => peer.Time);
        var ratio = best is null ? 0 : ours.Time / best.Time;
        return new Row(
            what,
            Text(ours),
            string.Join(", ", peers.Select(peer => $"{peer.Key} {Text(peer.Value)}")),
            best is null ? "" : Quantities.Ratio(ratio),
            "<= 1 of the best, < 48 MiB",
            ratio <= 1 && ours.PeakBytes < MostMemory);
    }

    private static string Text(Measured measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.Time.TotalSeconds:0.00} s {measured.PeakBytes >> 20} MiB");
}
