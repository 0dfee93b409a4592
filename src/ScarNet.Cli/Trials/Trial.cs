using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Local;
using ScarNet.Cli.Logs;
using ScarNet.Cli.Output;
using ScarNet.Cli.Runs;
using ScarNet.Cli.Transfers;
using ScarNet.Core.Jobs;
using ScarNet.Local;

namespace ScarNet.Cli.Trials;

/// <summary>
/// An engine of its own in a directory of its own; deploys, puts the inputs in, waits, gets every output. Whatever its end, nothing
/// is left running, and no file is left half-written.
/// </summary>
internal sealed class Trial(Terminal terminal, TimeProvider clock)
{
    private const int LogLinesShown = 10;

    /// <exception cref="Core.ScarException">The inputs do not fit the pipeline, or it cannot be deployed.</exception>
    public async Task<TrialResult> Run(TrialRequest request, CancellationToken cancellation)
    {
        var uploads = InputPlacement.Of(request.Pipeline, request.Inputs);
        using var directory = new TrialDirectory(terminal, request.Keep);
        await using var engine = await Engine.Start(request.Engine.Settings(directory.Path, region: null), cancellation);
        using var clients = new AwsClients(EngineAccess.Of(engine).AwsSettings);
        await Deploy(request, clients, cancellation);
        await Put(uploads, clients, cancellation);
        var watch = new Quiescence(clients.Status, clock);
        var rest = await terminal.Watch(clock, board => watch.Reach([], request.Timeout, board, cancellation));
        var runs = await Records(request, clients, cancellation);
        var files = await Get(runs, request.To, clients, cancellation);
        var logs = await Logs(runs, clients, cancellation);
        return new TrialResult(runs, rest.Functions, rest.AtRest, rest.Stuck, files, logs);
    }

    private async Task Deploy(TrialRequest request, AwsClients clients, CancellationToken cancellation)
    {
        var settings = new DeploySettings { Clients = clients, Supervisor = Commands.Installation.Supervisor };
        var plan = await Planner.Plan(request.Pipeline, settings, cancellation);
        await Applier.Apply(plan, null, cancellation);
        terminal.Say($"{request.Pipeline.Name}: {Amount.Of(request.Pipeline.Functions.Count, "function")} ready");
    }

    private async Task Put(IReadOnlyList<Upload> uploads, AwsClients clients, CancellationToken cancellation)
    {
        var failures = await terminal.Transfer(
            $"{Amount.Of(uploads.Count, "input")}",
            uploads.Sum(upload => upload.Size),
            meter => new Uploader(clients.S3, meter).Carry(uploads, cancellation),
            lines: false);
        if (failures.Count > 0)
        {
            throw new IOException($"'{failures[0].From}' could not be put into the engine: {failures[0].Reason.Message}", failures[0].Reason);
        }
    }

    private static async Task<IReadOnlyList<RunRecord>> Records(TrialRequest request, AwsClients clients, CancellationToken cancellation)
    {
        var target = await Target.Of(clients, cancellation);
        var all = new List<RunRecord>();
        foreach (var function in request.Pipeline.Functions)
        {
            var runs = await new RunRecords(clients.S3, target.ArtifactBucketOf(function)).Of(function.Name, null, cancellation);
            all.AddRange(runs.OrderBy(run => run.Source?.Object.Key, StringComparer.Ordinal));
        }

        return all;
    }

    /// <summary>Every output lands under the directory as <c>bucket/key</c>.</summary>
    private async Task<IReadOnlyList<TransferFailure>> Get(
        IReadOnlyList<RunRecord> runs, string to, AwsClients clients, CancellationToken cancellation)
    {
        var downloads = runs
            .SelectMany(run => run.Outputs)
            .DistinctBy(output => (output.Bucket, output.Key))
            .Select(output =>
            {
                var path = LocalPath.Of($"{output.Bucket}/{output.Key}", out var refusal);
                return new Download(new S3Address(output.Bucket, output.Key), path, output.Size, refusal);
            })
            .ToList();
        Directory.CreateDirectory(to);
        return await terminal.Transfer(
            Amount.Of(downloads.Count, "output"),
            downloads.Sum(download => download.Size),
            meter => new Downloader(clients.S3, meter).Carry(downloads, to, cancellation),
            lines: false);
    }

    /// <summary>The last lines of every run that failed, by its id.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> Logs(
        IReadOnlyList<RunRecord> runs, AwsClients clients, CancellationToken cancellation)
    {
        var log = new FunctionLog(new LogPages(clients.Logs), clock);
        var streams = new RunStreams(clients.Batch);
        var tails = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var run in runs.Where(run => run.Status == RunStatus.Failed))
        {
            var tail = new Queue<string>();
            if (await streams.Query(run, cancellation) is { } query)
            {
                await foreach (var line in log.Read([query], cancellation))
                {
                    tail.Enqueue(line.Message);
                    if (tail.Count > LogLinesShown)
                    {
                        tail.Dequeue();
                    }
                }
            }

            tails[run.InvocationId] = [.. tail];
        }

        return tails;
    }
}
