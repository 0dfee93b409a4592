using System.Text.Json.Nodes;
using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using ScarNet.Local.Containers;
using ScarNet.Local.Logs;
using ScarNet.Local.Processes;

namespace ScarNet.Local.Batch;

/// <summary>
/// Starts attempts: in a container when the job has an image and containers are wanted, else as a process of this machine, in a
/// directory of its own below the (absolute) work directory and with the machine's own variables (PATH and the like) under the job's.
/// </summary>
internal sealed class AttemptStart(
    bool useContainers,
    string workDirectory,
    IReadOnlyDictionary<string, string> hostVariables,
    HostDirectory host,
    SupervisorFiles supervisors,
    HostProcesses processes,
    EngineContainers containers,
    LogWriter logs)
{
    private const long BytesPerMiB = 1 << 20;

    /// <summary>Starts an attempt of several containers, each with a log stream of its own.</summary>
    /// <exception cref="ScarException">Containers are not wanted.</exception>
    public TaskAttempt StartTask(Attempt attempt, JobPlan plan, Func<JobPlan, IReadOnlyDictionary<string, string>> environment, Func<string, OutputLog> log)
    {
        if (!useContainers)
        {
            throw new ScarException(
                "the job has several containers, and this engine runs none", "start the engine without --no-containers, or use 'launch: mounted'");
        }

        var images = plan.Containers.Select(container => container.Plan.Image).Distinct().ToList();
        var volumes = plan.Containers.SelectMany(container => container.Plan.Mounts).Where(mount => mount.HostPath is null).Select(Shared).Distinct().ToList();
        return new(
            plan.Containers,
            async (container, cancellation) =>
            {
                var stream = AttemptRunner.StreamName(attempt, container.Name);
                var own = container.Plan with
                {
                    OnHost = false,
                    Mounts = [.. container.Plan.Mounts.Select(mount => mount.HostPath is null ? mount with { Volume = Shared(mount) } : mount)],
                };
                return (await Start(attempt, own, environment(own), log(stream), images, cancellation), stream);
            },
            async () =>
            {
                foreach (var volume in volumes)
                {
                    await Cleanup.Try(() => containers.RemoveVolume(volume));
                }
            });

        string Shared(VolumeMount mount) => $"scarnet-{attempt.TaskId}-{mount.Name}";
    }

    /// <exception cref="ScarException">Docker or the supervisor is missing.</exception>
    /// <exception cref="ContainerException">The container cannot be run.</exception>
    public Task<IRunningAttempt> Start(
        Attempt attempt, JobPlan plan, IReadOnlyDictionary<string, string> environment, OutputLog log, CancellationToken cancellation) =>
        Start(attempt, plan, environment, log, [plan.Image], cancellation);

    private async Task<IRunningAttempt> Start(
        Attempt attempt,
        JobPlan plan,
        IReadOnlyDictionary<string, string> environment,
        OutputLog log,
        IReadOnlyList<string> images,
        CancellationToken cancellation)
    {
        var supervisor = plan.Supervisor is { } address ? await supervisors.Ensure(address, cancellation) : null;
        if (plan.StartsContainers && !useContainers)
        {
            throw new ScarException(
                "the job starts a container of its own, and this engine runs none", "start the engine without --no-containers, or use 'launch: mounted'");
        }

        if (supervisor is not null && plan.IsRunner)
        {
            await containers.EnsureRunner(plan.Image, Path.Join(supervisor, "supervisor"), cancellation);
        }

        return useContainers && !plan.OnHost
            ? await StartContainer(attempt, plan, environment, log, images, cancellation)
            : StartProcess(attempt, plan, environment, log);
    }

    private async Task<IRunningAttempt> StartContainer(
        Attempt attempt,
        JobPlan plan,
        IReadOnlyDictionary<string, string> environment,
        OutputLog log,
        IReadOnlyList<string> images,
        CancellationToken cancellation)
    {
        var docker = plan.StartsContainers ? await containers.Address(cancellation) : null;
        var variables = new Dictionary<string, string>(environment);
        if (docker is { Socket: null })
        {
            variables["DOCKER_HOST"] = $"{docker}";
        }

        if (plan.Supervisor is not null)
        {
            variables[SupervisorVariables.Images] = await Images(images, cancellation);
        }

        var spec = new ContainerSpec
        {
            Image = plan.Image,
            Command = plan.Command.Count > 0 ? plan.Command : null,
            Environment = variables,
            MemoryBytes = plan.MemoryMiB * BytesPerMiB,
            Cpus = plan.MilliCpus / 1000m,
            Gpus = plan.Gpus,
            User = plan.User,
            Privileged = plan.Privileged,
            ReadOnlyRoot = plan.ReadOnlyRoot,
            SharedMemoryBytes = plan.SharedMemoryMiB * BytesPerMiB,
            Ulimits = plan.Ulimits,
            Mounts = [.. plan.Mounts.Where(mount => !mount.IsDocker).Select(mount => new ContainerMount(Source(mount), mount.ContainerPath, mount.ReadOnly)),
                .. plan.Mounts.Where(mount => mount.IsDocker && docker?.Socket is not null)
                    .Select(mount => new ContainerMount(docker!.Socket, mount.ContainerPath, ReadOnly: false))],
            Lifeline = plan.Supervisor is not null,
            Labels = new Dictionary<string, string>
            {
                [ContainerLabels.Job] = attempt.JobId,
                [ContainerLabels.Function] = attempt.Function ?? "",
            },
        };
        var container = await containers.Start(
            spec,
            (channel, bytes, _) =>
            {
                logs.WaitForRoom();
                Take(log, channel, bytes.Span);
                return ValueTask.CompletedTask;
            },
            cancellation);
        return new ContainerAttempt(container, plan.StartsContainers ? () => containers.RemoveOf(attempt.JobId) : null);
    }

    private async Task<string> Images(IReadOnlyList<string> images, CancellationToken cancellation)
    {
        var ids = new JsonObject();
        foreach (var image in images)
        {
            ids[image] = await containers.ImageId(image, cancellation);
        }

        return ids.ToJsonString();
    }

    private ProcessAttempt StartProcess(Attempt attempt, JobPlan plan, IReadOnlyDictionary<string, string> environment, OutputLog log)
    {
        var directory = Directory.CreateDirectory(Path.Join(workDirectory, attempt.TaskId));
        try
        {
            var command = HostMapping.Command(plan.Command, plan.Mounts, mount => Source(mount) ?? Scratch(directory, mount));
            var variables = new Dictionary<string, string>(hostVariables);
            foreach (var (name, value) in environment)
            {
                variables[name] = value;
            }

            return new ProcessAttempt(
                processes.Start(new HostCommand
                {
                    File = command[0],
                    Arguments = [.. command.Skip(1)],
                    Environment = variables,
                    WorkingDirectory = directory.FullName,
                    Lifeline = plan.Supervisor is not null,
                    MemoryLimitBytes = plan.MemoryMiB * BytesPerMiB,
                    OutlivesMemory = plan.Supervisor is not null,
                    Output = log.Output,
                    Error = log.Error,
                    WaitForRoom = logs.WaitForRoom,
                }),
                directory);
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    private static void Take(OutputLog log, ContainerChannel channel, ReadOnlySpan<byte> bytes)
    {
        if (channel == ContainerChannel.Error)
        {
            log.Error(bytes);
        }
        else
        {
            log.Output(bytes);
        }
    }

    /// <summary>Where a host volume lies; made when missing, as Docker does.</summary>
    private string? Source(VolumeMount mount) =>
        mount.HostPath is null ? mount.Volume : Directory.CreateDirectory(host.Under(mount.HostPath)).FullName;

    private static string Scratch(DirectoryInfo directory, VolumeMount mount) => directory.CreateSubdirectory(mount.Name).FullName;
}
