using System.Runtime.InteropServices;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor;
using ScarNet.Supervisor.Batch;
using ScarNet.Supervisor.InPhases;
using ScarNet.Supervisor.JobState;
using ScarNet.Supervisor.Lambda;
using ScarNet.Supervisor.Posix;

var started = TimeProvider.System.GetUtcNow();
var surroundings = Surroundings.Read();
var log = new Log(Console.OpenStandardError(), Log.Severity.Info);
using var ended = new CancellationTokenSource();
using var termination = new Termination(log);
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate);
using var onInterrupt = args is ["task" or "cwl", ..] ? PosixSignalRegistration.Create(PosixSignal.SIGINT, Terminate) : null;

try
{
    log.Info(
        "scarnet supervisor",
        ("version", typeof(Surroundings).Assembly.GetName().Version?.ToString(3)),
        ("place", args is ["task" or "cwl", ..] ? args[0] : surroundings["AWS_LAMBDA_RUNTIME_API"] is null ? "batch" : "lambda"),
        ("attempt", surroundings["AWS_BATCH_JOB_ATTEMPT"]));
    Children.Adopt();
    Lifeline.Watch(surroundings, ended);
    CertificateBundle.Provide(surroundings);
    var composition = new Composition(surroundings, log, termination);
    if (args is ["task", .. var arguments])
    {
        return await composition.Task().Run(arguments, termination.Asked, ended.Token);
    }

    if (args is ["cwl", .. var files])
    {
        return await composition.Cwl().Run(files, termination.Asked, ended.Token);
    }

    if (surroundings["AWS_LAMBDA_RUNTIME_API"] is { } runtimeApi)
    {
        return surroundings["_HANDLER"] == JobStateEntry.Handler ? await RunJobState(composition, runtimeApi) : await RunLambda(composition, runtimeApi);
    }

    if (surroundings["AWS_BATCH_JOB_ID"] is { } jobId)
    {
        var job = JobArguments.Read(args);
        return job.Phase is { } phase ? await RunPhase(composition, phase, job.Parameters, jobId) : await RunBatch(composition, job.Parameters, jobId);
    }

    await Console.Error.WriteLineAsync(
        "supervisor: error: neither AWS_LAMBDA_RUNTIME_API nor AWS_BATCH_JOB_ID is set\n"
        + "supervisor: hint: this binary runs inside a Lambda function or a Batch job, or as 'supervisor task FILE'; 'scarnet try' shows it at work");
    return 2;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    return 1;
}
catch (Exception e)
{
    var failure = Failures.Of(e, log);
    log.Error("supervisor failed", ("reason", failure.Message));
    return failure.ExitCode;
}

void Terminate(PosixSignalContext context)
{
    context.Cancel = true;
    termination.Ask();
}

async Task<int> RunLambda(Composition composition, string runtimeApi)
{
    using var runtime = new RuntimeApi(runtimeApi);
    Carrier carrier;
    try
    {
        carrier = await composition.Lambda(ended.Token);
    }
    catch (Exception e) when (!ended.IsCancellationRequested)
    {
        await runtime.FailToStart(ErrorAnswer.Of(e), ended.Token);
        throw;
    }

    // Told to end between two events, it ends; in an event, the script is ended and the event answered first.
    using var noMore = CancellationTokenSource.CreateLinkedTokenSource(termination.Asked, ended.Token);
    await new LambdaEntry(runtime, carrier, log).Run(noMore.Token, ended.Token);
    return 0;
}

async Task<int> RunJobState(Composition composition, string runtimeApi)
{
    using var runtime = new RuntimeApi(runtimeApi);
    using var noMore = CancellationTokenSource.CreateLinkedTokenSource(termination.Asked, ended.Token);
    await composition.JobState(runtime).Run(noMore.Token, ended.Token);
    return 0;
}

async Task<int> RunBatch(Composition composition, IReadOnlyDictionary<string, string> parameters, string jobId)
{
    _ = SpotWatch.Of(surroundings, termination, log)?.Run(ended.Token);
    var (carrier, spec, e) = await composition.Batch(ended.Token);
    return await composition.Tolerated(spec).Filter(
        await new BatchEntry(carrier, spec, parameters, surroundings, log).Run(e, jobId, started, ended.Token), ended.Token);
}

async Task<int> RunPhase(Composition composition, string phase, IReadOnlyDictionary<string, string> parameters, string jobId)
{
    var shared = new SharedVolume(Phases.SharedDirectory);
    switch (phase)
    {
        case Phases.StageIn:
            shared.Prepare(Environment.ProcessPath!);
            _ = SpotWatch.Of(surroundings, termination, log)?.Run(ended.Token);
            var (carrier, spec, e) = await composition.Batch(ended.Token);
            await new BatchEntry(carrier, spec, parameters, surroundings, log).StageIn(e, jobId, started, shared, ended.Token);
            return 0; // also of a run that has failed already: stage-out ends the job with its code
        case Phases.RunScript:
            return await new ScriptPhase(shared, surroundings, termination.Asked).Run(ended.Token);
        case Phases.StageOut:
            _ = SpotWatch.Of(surroundings, termination, log)?.Run(ended.Token);
            var (last, function, _) = await composition.Batch(ended.Token);
            return await composition.Tolerated(function).Filter(await last.StageOut(shared, ended.Token), ended.Token);
        case Phases.Join:
            log.Info("join: the jobs before have succeeded");
            return 0;
        default:
            throw new RunFailure(ExitCodes.InputMissing, $"there is no phase '{phase}': {Phases.StageIn}, {Phases.RunScript} and {Phases.StageOut} are");
    }
}
