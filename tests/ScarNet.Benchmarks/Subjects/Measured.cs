using System.Diagnostics;
using System.Globalization;

namespace ScarNet.Benchmarks.Subjects;

/// <summary>What a process took.</summary>
/// <param name="Time">From its start to its end.</param>
/// <param name="PeakBytes">Peak of its resident memory, and of that of its largest child.</param>
internal sealed record Measured(TimeSpan Time, long PeakBytes)
{
    /// <summary>Runs a program under GNU time, which reads its peak from the kernel when it ends.</summary>
    public static async Task<Measured> Run(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        using var scratch = new Scratch();
        var report = scratch.File("peak");
        var watch = Stopwatch.StartNew();
        await Command.Run("/usr/bin/time", ["-f", "%M", "-o", report, file, .. arguments], environment, cancellation);
        return new(watch.Elapsed, long.Parse(await File.ReadAllTextAsync(report, cancellation), CultureInfo.InvariantCulture) * 1024);
    }

    /// <summary>The faster of both.</summary>
    public static Measured Best(Measured one, Measured other) => one.Time <= other.Time ? one : other;
}
