using Amazon.Runtime;
using Amazon.S3.Model;
using ScarNet.Aws;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Output;
using ScarNet.Cli.Runs;
using ScarNet.Core;
using ScarNet.Core.Events;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet run</c>.</summary>
internal sealed class Run(Session session)
{
    private const int AtOnce = 16;

    public async Task<int> Carry(RunRequest request, CancellationToken cancellation)
    {
        var pipeline = request.Files.Count > 0 ? PipelineFiles.Load(request.Files, session) : null;
        if (request.Files.Count > 0 && pipeline is null)
        {
            return ExitCode.Wrong;
        }

        using var clients = await Cloud.Connect(session, cancellation);
        var names = pipeline is null ? request.Names : InFile(pipeline, request.Names);
        if (names.Count == 0 && pipeline is null)
        {
            throw new ScarException("run: it is not said what to run", "-f names a function file, or -n a function");
        }

        var deployed = new Dictionary<string, DeployedFunction>();
        foreach (var name in names)
        {
            deployed[name] = await new DeployedFunctions(clients).Find(name, cancellation);
        }

        var parameters = Given(request.Parameters, deployed); // all of them, before anything is started
        var runs = names.Select(name => Planned(
            deployed[name],
            pipeline?.Functions.First(f => f.Name == name),
            request.Array ? Batches(deployed[name], parameters[name], clients) : null)).ToList();
        var started = new List<StartedFunction>();
        foreach (var run in RunOrder.Of(runs))
        {
            if (run.Batches is { } batches && run.Triggers.Count > 0)
            {
                await Submit(run.Triggers, batches, clients, cancellation);
            }
            else if (run.Batches is null)
            {
                started.Add(new(run.Name, await Start(deployed[run.Name], run.Triggers, parameters[run.Name], clients, cancellation)));
            }
        }

        started.AddRange(runs.Where(run => run.Batches is not null).Select(run => new StartedFunction(run.Name, run.Batches!.Jobs.Sum(job => job.Size), run.Batches.Jobs)));
        started = [.. started.OrderBy(function => names.IndexOf(function.Name))];
        session.Terminal.Answer(session.Options.Json, new RunAnswer(started), AnswerJson.Shapes.RunAnswer, Text);
        return ExitCode.Done;
    }

    private static string Text(RunAnswer answer) => string.Join(
        '\n',
        answer.Functions.Select(f => f.Jobs is null
            ? $"{f.Name}: {Amount.Of(f.Objects, "invocation")} started"
            : string.Join('\n', f.Jobs.Select(job => $"{f.Name}: job {job.JobId} for {Amount.Of(job.Size, "object")}")
                .DefaultIfEmpty($"{f.Name}: no objects, no job"))));

    /// <returns>Null for a function whose invocations Lambda is to see first.</returns>
    private static JobBatches? Batches(DeployedFunction function, IReadOnlyDictionary<string, string> parameters, AwsClients clients) =>
        function is { Spec: { Mode: ExecutionMode.Batch } spec, JobQueue: not null, JobDefinition: not null }
            ? new(clients, function, spec, parameters)
            : null;

    /// <returns>The values of all parameters of each function.</returns>
    private static Dictionary<string, IReadOnlyDictionary<string, string>> Given(
        IReadOnlyDictionary<string, string> given, Dictionary<string, DeployedFunction> functions)
    {
        if (given.Keys.FirstOrDefault(name => functions.Values.All(f => f.Spec?.Parameters.ContainsKey(name) != true)) is { } unknown)
        {
            var declared = functions.Values.SelectMany(f => f.Spec?.Parameters.Keys ?? []).Distinct().Order(StringComparer.Ordinal).ToList();
            throw new ScarException(
                $"-P {unknown}: no function that is run has this parameter",
                declared.Count == 0 ? "none of them declares any: 'parameters' of a function file" : $"there are {string.Join(", ", declared)}");
        }

        return functions.ToDictionary(f => f.Key, f => f.Value.Spec is { } spec
            ? Parameters.Values(f.Key, spec.Parameters, given.Where(pair => spec.Parameters.ContainsKey(pair.Key)).ToDictionary())
            : new Dictionary<string, string>());
    }

    private static FunctionRun Planned(DeployedFunction deployed, FunctionDefinition? written, JobBatches? batches) => new(
        deployed.Name,
        written?.Triggers ?? deployed.Spec?.Triggers ?? throw new ScarException(
            $"what starts function '{deployed.Name}' is no longer known", "name its file instead: -f"),
        written?.After ?? deployed.Spec?.After ?? [],
        batches);

    private async Task Submit(IReadOnlyList<Trigger> triggers, JobBatches batches, AwsClients clients, CancellationToken cancellation)
    {
        var sequencer = NewSequencer();
        foreach (var trigger in triggers)
        {
            await foreach (var found in new CurrentObjects(clients.S3).Below(trigger.Bucket, trigger.Prefix, cancellation))
            {
                if (trigger.Matches(trigger.Bucket, found.Object.Key) && !found.Object.Key.EndsWith('/'))
                {
                    await batches.Add(found with { Sequencer = sequencer, Region = clients.Region, Time = session.Clock.GetUtcNow() }, cancellation);
                }
            }
        }

        await batches.Flush(cancellation);
    }

    private static IPaginatedEnumerable<S3Object> Objects(Trigger trigger, AwsClients clients) =>
        clients.S3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = trigger.Bucket, Prefix = trigger.Prefix }).S3Objects;

    /// <summary>New on each run, so that none is taken for a repetition of an earlier one.</summary>
    private string NewSequencer() => $"{session.Clock.GetUtcNow().ToUnixTimeMilliseconds():X16}";

    /// <summary>The named functions of a pipeline; without names those that no other feeds, and those that come after them over the same files.</summary>
    private static List<string> InFile(Pipeline pipeline, List<string> names)
    {
        if (names.FirstOrDefault(name => pipeline.Functions.All(f => f.Name != name)) is { } unknown)
        {
            throw new ScarException($"the file has no function '{unknown}'", $"it has {string.Join(", ", pipeline.Functions.Select(f => f.Name))}");
        }

        if (names.Count > 0)
        {
            return [.. pipeline.Functions.Select(f => f.Name).Where(names.Contains)];
        }

        var functions = pipeline.Functions.ToDictionary(f => f.Name);
        var roots = PipelineGraph.Of(pipeline).Roots.Select(f => f.Name).ToHashSet();
        return [.. pipeline.Functions.Select(f => f.Name).Where(name => roots.Contains(name)
            || (functions[name] is { Triggers.Count: 0, After.Count: > 0 }
                && AfterOrder.Origins(name, n => functions[n].Triggers.Count > 0, n => functions[n].After).All(roots.Contains)))];
    }

    /// <returns>How many objects it was started on.</returns>
    private async Task<int> Start(
        DeployedFunction function, IReadOnlyList<Trigger> triggers, IReadOnlyDictionary<string, string> parameters, AwsClients clients, CancellationToken cancellation)
    {
        var sequencer = NewSequencer();
        var count = 0;
        foreach (var trigger in triggers)
        {
            await Parallel.ForEachAsync(
                Objects(trigger, clients),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (found, ct) =>
                {
                    if (trigger.Matches(trigger.Bucket, found.Key))
                    {
                        await Invoke(function, Event(trigger.Bucket, found, clients.Region, sequencer), parameters, clients, ct);
                        Interlocked.Increment(ref count);
                    }
                });
        }

        return count;
    }

    private ObjectEvent Event(string bucket, S3Object found, string region, string sequencer) => new()
    {
        Object = new ObjectPath(bucket, found.Key),
        Size = found.Size,
        ETag = found.ETag?.Trim('"'),
        Sequencer = sequencer,
        Region = region,
        Time = session.Clock.GetUtcNow(),
    };

    private static async Task Invoke(
        DeployedFunction function, ObjectEvent e, IReadOnlyDictionary<string, string> parameters, AwsClients clients, CancellationToken cancellation)
    {
        using var json = ObjectCreated.Json(e);
        using var payload = new MemoryStream(Commands.Invoke.WithParameters(json.ToArray(), parameters));
        await clients.Lambda.InvokeAsync(
            new ScarNet.Aws.Lambda.Model.InvokeRequest { FunctionName = function.Name, Qualifier = function.Qualifier, InvocationType = "Event", PayloadStream = payload }, cancellation);
    }
}
