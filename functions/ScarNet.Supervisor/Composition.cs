using System.Globalization;
using Amazon.S3;
using ScarNet.Aws;
using ScarNet.Containers;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Batch;
using ScarNet.Supervisor.Containers;
using ScarNet.Supervisor.Cwl;
using ScarNet.Supervisor.InPhases;
using ScarNet.Supervisor.JobState;
using ScarNet.Supervisor.Lambda;
using ScarNet.Supervisor.Scripts;
using ScarNet.Supervisor.Stages;
using ScarNet.Supervisor.Storage;
using ScarNet.Supervisor.Tasks;

namespace ScarNet.Supervisor;

/// <summary>Puts the parts together for the place the supervisor runs in.</summary>
internal sealed class Composition(Surroundings surroundings, Log log, Termination termination)
{
    private readonly HttpFetch web = new();
    private AwsClients? storage;

    public async Task<Carrier> Lambda(CancellationToken cancellation)
    {
        var place = new RunPlace(true, surroundings["AWS_LAMBDA_LOG_GROUP_NAME"], surroundings["AWS_LAMBDA_LOG_STREAM_NAME"], null);
        var spec = await Specs().Spec(cancellation);
        return Carrier(spec, place, await WithSecrets(spec, cancellation));
    }

    public async Task<(Carrier Carrier, JobSpec Spec, BatchEvent? Event)> Batch(CancellationToken cancellation)
    {
        var attempt = int.TryParse(surroundings["AWS_BATCH_JOB_ATTEMPT"], CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
        var specs = Specs();
        var spec = await specs.Spec(cancellation);
        var place = new RunPlace(false, "/aws/batch/job", null, attempt);
        var scripts = spec.Sibling is { } sibling ? await Beside(spec, sibling, cancellation)
            : spec.InPhases ? new LaterScripts(surroundings)
            : (IScriptHost?)null;
        var task = spec.Task is { } limits ? await OfTask(spec, limits, cancellation) : null;
        return (Carrier(spec, place, scripts, task), spec, await specs.Event(cancellation));
    }

    // Once for the sandbox's life; where Lambda only hands over, no script needs them.
    private async Task<IScriptHost?> WithSecrets(JobSpec spec, CancellationToken cancellation)
    {
        if (spec.Secrets.Count == 0 || spec.Mode == ExecutionMode.Batch)
        {
            return null;
        }

        var fetched = await new Secrets(
            region => Clients("AWS_ENDPOINT_URL_SECRETS_MANAGER", spec.ArtifactBucket).For(null, region),
            region => Clients("AWS_ENDPOINT_URL_SSM", spec.ArtifactBucket).For(null, region)).Fetch(spec.Secrets, cancellation);
        var variables = new Dictionary<string, string>(surroundings.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in fetched)
        {
            variables[name] = value;
        }

        return new HostScripts(surroundings with { Variables = variables });
    }

    public ToleratedFailures Tolerated(JobSpec spec)
    {
        var aws = Storage(spec.ArtifactBucket);
        return new(new Documents(aws.S3, spec.ArtifactBucket), new Listing(aws.S3), spec, surroundings, Ours(spec));
    }

    public JobStateEntry JobState(RuntimeApi runtime) => new(
        runtime, Storage(null).S3, new(() => Clients("AWS_ENDPOINT_URL_SNS", null).Sns), surroundings, log);

    public TaskEntry Task() => new(
        new Workspaces(Workspaces.DefaultRoot(surroundings.TemporaryDirectory), log), new(() => Storage(null).S3), surroundings, log);

    public CwlEntry Cwl() => new(
        new Workspaces(Workspaces.DefaultRoot(surroundings.TemporaryDirectory), log), new(() => Storage(null).S3), log);

    private async Task<IScriptHost> Beside(JobSpec spec, SiblingSpec sibling, CancellationToken cancellation)
    {
        var (docker, own) = await OfTheMachine("launch: sibling", spec, cancellation);
        return new SiblingScripts(docker, own, sibling, spec.Function, surroundings, Ours(spec));
    }

    private async Task<TaskStage> OfTask(JobSpec spec, TaskSpec limits, CancellationToken cancellation)
    {
        var (docker, own) = await OfTheMachine("task", spec, cancellation);
        var s3 = Storage(spec.ArtifactBucket).S3;
        return new(new(new Documents(s3, spec.ArtifactBucket), spec.Script), spec, limits, s3, docker, own, surroundings);
    }

    // Orphans first: a workspace that they hold cannot be removed for good.
    private async Task<(Docker Docker, OwnContainer Own)> OfTheMachine(string field, JobSpec spec, CancellationToken cancellation)
    {
        var docker = Docker.FromEnvironment();
        if (await docker.Probe(cancellation) is { } problem)
        {
            throw new RunFailure(ExitCodes.ImageProblem, $"'{field}' needs the machine's Docker, which {SupervisorVariables.DockerSocket} leads to: {problem.Message}");
        }

        await Orphans.Remove(docker, Ours(spec), cancellation);
        return (docker, await OwnContainer.Find(docker, surroundings, cancellation));
    }

    private Log Ours(JobSpec spec) => log.At(spec.LogLevel).With("function", spec.Function);

    private Carrier Carrier(JobSpec spec, RunPlace place, IScriptHost? scripts = null, IWorkStage? stage = null)
    {
        var ours = Ours(spec);
        var aws = Storage(spec.ArtifactBucket);
        var documents = new Documents(aws.S3, spec.ArtifactBucket);
        var claims = new ClaimStore(documents, spec.Function);
        var download = new Download(aws.S3, ours);
        var workspaces = new Workspaces(Workspaces.DefaultRoot(surroundings.TemporaryDirectory), ours);
        workspaces.RemoveAbandoned();
        var fetch = new InputFetch(download, web);
        var script = new ScriptStage(new Stages.ScriptSource(documents, spec.Script), spec, scripts ?? new HostScripts(surroundings), aws.Region, termination);
        var here = new RunHere(
            workspaces,
            new InputStage(
                download,
                new FurtherInputs(new Listing(aws.S3), fetch, spec),
                new DeployedFiles(download, spec),
                new References(download, web, fetch, new ReferenceCache(ReferenceDirectory(spec), ours), ours),
                spec),
            stage ?? script,
            script,
            new OutputStage(new Upload(aws.S3, ours), spec),
            TimeSpan.FromSeconds(spec.TimeoutThresholdSeconds),
            place.IsLambda && int.TryParse(surroundings["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"], CultureInfo.InvariantCulture, out var memory) ? memory : spec.BatchMemoryMiB,
            termination);
        return new(spec, place, claims, new Journal(documents, spec, place), new Results(aws.S3, new Listing(aws.S3), documents, spec, new ImageIds(surroundings, spec).Find), download, here, Handover(spec, documents, claims), ours);
    }

    private string ReferenceDirectory(JobSpec spec) =>
        spec.ReferenceCache ?? Path.Combine(Workspaces.DefaultRoot(surroundings.TemporaryDirectory), "references");

    private JobHandover? Handover(JobSpec spec, Documents documents, ClaimStore claims) =>
        spec.Mode != ExecutionMode.Lambda
        && surroundings[SupervisorVariables.JobQueue] is { } queue
        && surroundings[SupervisorVariables.JobDefinition] is { } definition
            ? new(new(() => Clients("AWS_ENDPOINT_URL_BATCH", spec.ArtifactBucket).Batch), documents, claims, spec, queue, definition)
            : null;

    private Specs Specs() => new(surroundings, bucket => Storage(bucket).S3);

    private AwsClients Storage(string? artifactBucket) => storage ??= Clients("AWS_ENDPOINT_URL_S3", artifactBucket);

    // Keys and endpoint of the environment are handed over as they are: the SDK's search for them costs more than all its calls.
    private AwsClients Clients(string endpointVariable, string? artifactBucket) => new(new AwsSettings
    {
        Region = surroundings.Region(artifactBucket),
        Endpoint = surroundings[endpointVariable] ?? surroundings["AWS_ENDPOINT_URL"],
        AccessKey = surroundings["AWS_ACCESS_KEY_ID"],
        SecretKey = surroundings["AWS_SECRET_ACCESS_KEY"],
        SessionToken = surroundings["AWS_SESSION_TOKEN"],
        ReadsManyObjects = true,
    });
}
