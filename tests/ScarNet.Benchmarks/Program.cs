using BenchmarkDotNet.Running;
using ScarNet.Benchmarks.Micro;
using ScarNet.Benchmarks.Report;
using ScarNet.Benchmarks.Suites;

// dotnet run -c Release --project tests/ScarNet.Benchmarks -- [supervisor|engine|pipeline|version|transfers|all]...
// dotnet run -c Release --project tests/ScarNet.Benchmarks -- micro
// Whole processes against their peers, one after another; the table goes to standard output. Exit code 1: a goal was missed.
if (args is ["micro"])
{
    BenchmarkRunner.Run<HandlingAnEvent>();
    return 0;
}

var suites = new Dictionary<string, Func<CancellationToken, Task<IReadOnlyList<Row>>>>(StringComparer.Ordinal)
{
    ["supervisor"] = SupervisorSuite.Run,
    ["engine"] = EngineSuite.Run,
    ["pipeline"] = PipelineSuite.Run,
    ["version"] = VersionSuite.Run,
    ["transfers"] = TransferSuite.Run,
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var chosen = args.Length == 0 || args.Contains("all") ? [.. suites.Keys] : args;
if (chosen.FirstOrDefault(name => !suites.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"benchmarks: error: unknown suite '{unknown}'\nbenchmarks: hint: one of {string.Join(", ", suites.Keys)}, all");
    return 2;
}

var rows = new List<Row>();
foreach (var name in chosen)
{
    await Console.Error.WriteLineAsync($"benchmarks: {name} ...");
    rows.AddRange(await suites[name](stop.Token));
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {Environment.OSVersion}, .NET {Environment.Version}\n");
Console.WriteLine(MarkdownTable.Format(rows));
return rows.All(row => row.Met) ? 0 : 1;
