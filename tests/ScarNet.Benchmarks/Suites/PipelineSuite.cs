using System.Diagnostics;
using ScarNet.Benchmarks.Clients;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Subjects;

namespace ScarNet.Benchmarks.Suites;

/// <summary>Objects through one Lambda function whose script is <c>cp</c>: rate, memory, and whether many cost more than few.</summary>
internal static class PipelineSuite
{
    private const int Few = 200;
    private const int Some = 2000;
    private const int Many = 20_000;
    private const double LeastRate = 100;
    private const double FlatMemory = 1.25;
    private const double SameCost = 1.1;

    private const string File = """
        functions:
          bench-copy:
            command: cp "$INPUT_FILE_PATH" "$TMP_OUTPUT_DIR"
            input: [{path: bench/in}]
            output: [{path: bench/out}]
        """;

    public static async Task<IReadOnlyList<Row>> Run(CancellationToken cancellation)
    {
        await using var engine = await EngineProcess.Start(cancellation);
        using var scratch = new Scratch();
        await System.IO.File.WriteAllTextAsync(scratch.File("bench.yaml"), File, cancellation);
        await engine.Scarnet(cancellation, "init", "-f", scratch.File("bench.yaml"));

        await Pass(engine, "warm", 50, cancellation);
        var few = await Pass(engine, "few", Few, cancellation);
        var before = Memory.ResidentBytes(engine.Pid);
        var some = await Pass(engine, "some", Some, cancellation);
        var after = Memory.ResidentBytes(engine.Pid);
        var many = await Pass(engine, "many", Many, cancellation);
        var end = Memory.ResidentBytes(engine.Pid);

        var rate = Some / some.TotalSeconds;
        var growth = many / Many / (few / Few);
        return
        [
            new Row("2,000 objects through a Lambda function (cp)", Quantities.PerSecond(rate), "", "", ">= 100 /s", rate >= LeastRate),
            new Row(
                "engine's memory after 20,000 more, against after 2,000",
                Quantities.MiB(end),
                $"{Quantities.MiB(after)} ({Quantities.MiB(before)} before)",
                Quantities.Ratio((double)end / after),
                "flat: <= 1.25",
                end <= FlatMemory * after),
            new Row(
                "cost of an object, among 20,000 against among 200",
                Quantities.Milliseconds(many / Many),
                Quantities.Milliseconds(few / Few) + " (200)",
                Quantities.Ratio(growth),
                "<= 1.1",
                growth <= SameCost),
        ];
    }

    /// <summary>From the first object put until nothing is pending, every output being there.</summary>
    private static async Task<TimeSpan> Pass(EngineProcess engine, string name, int count, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await Load.Put(engine.S3, $"/bench/in/{name}-", count, new byte[1000], cancellation);
        await engine.Scarnet(cancellation, "wait", "--timeout", "10m");
        var time = watch.Elapsed;
        await Load.Get(engine.S3, $"/bench/out/{name}-", count, 1000, cancellation);
        return time;
    }
}
