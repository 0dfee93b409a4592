using ScarNet.Containers;
using ScarNet.Core.Jobs;
using ScarNet.Supervisor.Scripts;

namespace ScarNet.Supervisor.Containers;

/// <summary>
/// Runs scripts in the function's image, in a container beside the supervisor's own: with its limits, its GPUs and this run's workspace at
/// the same path, the image's ENTRYPOINT overridden.
/// </summary>
/// <param name="docker">The machine's Docker.</param>
/// <param name="own">The supervisor's own container.</param>
/// <param name="spec">What to start.</param>
/// <param name="function">The function's name.</param>
/// <param name="surroundings">The environment.</param>
/// <param name="log">The function's log.</param>
internal sealed class SiblingScripts(
    Docker docker, OwnContainer own, SiblingSpec spec, string function, Surroundings surroundings, Log log) : IScriptHost
{
    private const long BytesPerMiB = 1 << 20;

    // With the script's own grace it leaves time for uploads, of the 20 s that there are for both when the job is told to end; at the script's own
    // deadline nobody is in that hurry, and a large one may take its time.
    private static readonly TimeSpan LongestKill = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestKillAtDeadline = TimeSpan.FromMinutes(2);

    /// <summary>Docker's shares of one CPU.</summary>
    public const decimal SharesPerCpu = 1024;

    private readonly GpuDevices gpus = GpuDevices.Of(surroundings[GpuDevices.Variable]);

    public IEnumerable<KeyValuePair<string, string>> Variables =>
        Surroundings.OfTheJob(surroundings.Variables).Append(new(GpuDevices.Variable, gpus.Value));

    /// <summary>The hard limit of the script's container: what its supervisor's has, but for the supervisor's part.</summary>
    private long MemoryBytes => own.Details.MemoryBytes is { } all && all > SiblingSpec.SupervisorMemoryMiB * BytesPerMiB
        ? all - (SiblingSpec.SupervisorMemoryMiB * BytesPerMiB)
        : spec.MemoryMiB * BytesPerMiB;

    public async Task<ScriptResult> Run(ScriptCall call, CancellationToken interrupted, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var errors = new OutputTail();
            await using var container = await Start(call, errors, cancellation);
            return await Watch(container, call, started, interrupted, cancellation) with { ErrorTail = errors.Text() };
        }
        catch (ContainerProofException e)
        {
            throw new RunFailure(
                ExitCodes.ImageProblem,
                $"'{call.Place.Root}' of the supervisor's container is not '{own.Paths.Of(call.Place.Root)}' on the machine: the script's container, which has "
                + $"that mounted, does not see '{e.Path}'",
                e);
        }
        catch (Exception e) when (e is ContainerException or HttpRequestException)
        {
            throw new RunFailure(ExitCodes.ImageProblem, e.Message, e);
        }
    }

    private async Task<RunningContainer> Start(ScriptCall call, OutputTail errors, CancellationToken cancellation)
    {
        var source = own.Paths.Of(call.Place.Root) ?? throw new RunFailure(
            ExitCodes.ImageProblem,
            $"'{call.Place.Root}' of the supervisor's container is not on the machine, so that no other container can have it: the job definition must mount "
            + $"a volume at '{SupervisorVariables.ScratchDirectory}'");
        await docker.EnsureImage(spec.Image, cancellation);
        if (await docker.FindImage(spec.Image, cancellation) is { RunsAsRoot: false })
        {
            SharedWorkspace.Open(call.Place);
        }

        var container = Spec(call, source, Canary.Write(call.Place));
        await docker.Remove(container.Name!); // what an attempt of this very job left
        log.Info(
            "container starts", ("container", container.Name), ("image", spec.Image), ("argv", Redaction.Of(call.Environment, call.Secrets).Apply(call.Arguments)),
            ("memoryMiB", container.MemoryBytes / BytesPerMiB), ("vcpus", $"{container.Cpus}"), ("gpus", gpus.Value));
        var output = Console.OpenStandardOutput();
        var error = Console.OpenStandardError();
        return await docker.Start(
            container,
            async (channel, bytes, token) =>
            {
                if (channel == ContainerChannel.Error)
                {
                    errors.Add(bytes.Span);
                }

                await (channel == ContainerChannel.Error ? error : output).WriteAsync(bytes, token);
            },
            cancellation);
    }

    private ContainerSpec Spec(ScriptCall call, string source, ContainerProof proof) => new()
    {
        Name = Name(surroundings["AWS_BATCH_JOB_ID"] ?? own.Details.Id[..12], surroundings["AWS_BATCH_JOB_ATTEMPT"]),
        Image = spec.Image,
        Entrypoint = call.Arguments,
        Command = [],
        Environment = call.Environment,
        WorkingDirectory = call.Directory,
        Mounts = [new(source, call.Place.Root, ReadOnly: false)],
        MemoryBytes = MemoryBytes,
        Cpus = own.Details.CpuShares is { } shares ? shares / SharesPerCpu : spec.Vcpus,
        GpuDevices = gpus.Devices,
        ReadOnlyRoot = spec.ReadOnlyRoot,
        Proof = proof,
        Labels = Labels(surroundings, function, own),
    };

    /// <summary>By which the containers of a run are found, also by the supervisor that comes after one that was killed.</summary>
    public static Dictionary<string, string> Labels(Surroundings surroundings, string function, OwnContainer own)
    {
        var labels = new Dictionary<string, string>
        {
            [ContainerLabels.Job] = surroundings["AWS_BATCH_JOB_ID"] ?? "",
            [ContainerLabels.Function] = function,
            [ContainerLabels.Supervisor] = own.Details.Id,
        };
        if (own.Details.Labels.GetValueOrDefault(ContainerLabels.Engine) is { } engine)
        {
            labels[ContainerLabels.Engine] = engine;
        }

        return labels;
    }

    /// <summary>The same for the same attempt of the same job. A child of an array has a ':' in its id, which no name may have.</summary>
    internal static string Name(string jobId, string? attempt) => $"scarnet-{jobId.Replace(':', '.')}-{attempt ?? "1"}";

    private async Task<ScriptResult> Watch(
        RunningContainer container, ScriptCall call, long started, CancellationToken interrupted, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        await Task.WhenAny(container.Exited, ScriptRunner.Deadline(call.Longest, waiting.Token));
        var cutShort = !container.Exited.IsCompleted;
        if (cutShort)
        {
            await container.Signal("SIGTERM", cancellation);
            await Task.WhenAny(container.Exited, call.GraceOver());
            if (!container.Exited.IsCompleted)
            {
                await container.Signal("SIGKILL", cancellation);
            }
        }

        await waiting.CancelAsync();
        var exit = cutShort ? await Killed(container, interrupted.IsCancellationRequested ? LongestKill : LongestKillAtDeadline, cancellation) : await container.Exited.WaitAsync(cancellation);
        var byTheDeadline = cutShort && !interrupted.IsCancellationRequested;
        return new(exit.ExitCode, byTheDeadline, cutShort && !byTheDeadline, 0, TimeProvider.System.GetElapsedTime(started))
        {
            OutOfMemoryMiB = exit.OutOfMemory ? MemoryBytes / BytesPerMiB : null,
        };
    }

    private static async Task<ContainerExit> Killed(RunningContainer container, TimeSpan longest, CancellationToken cancellation)
    {
        try
        {
            return await container.Exited.WaitAsync(longest, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new RunFailure(
                ExitCodes.ImageProblem,
                $"the script's container {container.Id[..12]} is still there {longest.TotalSeconds:0} s after it was killed: the machine's Docker does not end it",
                e);
        }
    }
}
