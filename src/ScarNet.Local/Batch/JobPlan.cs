using System.Text.Json.Nodes;
using ScarNet.Containers;
using ScarNet.Core.Jobs;

namespace ScarNet.Local.Batch;

/// <summary>What the engine has to do for an attempt, read from the job's document.</summary>
internal sealed record JobPlan
{
    /// <summary>Tag of a job definition and its value that say: there is no image, run it on the host.</summary>
    public const string ImageTag = "scarnet:image";
    public const string NoImage = "none";

    public required string Image { get; init; }

    /// <summary>Parameters are in it. Empty is the image's own.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required int MilliCpus { get; init; }

    public required int MemoryMiB { get; init; }

    public int Gpus { get; init; }

    public string? User { get; init; }

    public bool Privileged { get; init; }

    public bool ReadOnlyRoot { get; init; }

    public int? SharedMemoryMiB { get; init; }

    public required IReadOnlyList<VolumeMount> Mounts { get; init; }

    public required IReadOnlyList<ContainerUlimit> Ulimits { get; init; }

    /// <summary>ARN of what the job itself runs as; null when it has none.</summary>
    public string? JobRole { get; init; }

    /// <summary>Variables that are fetched before it is started, each with where its value is kept.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>ARN of the role as which they are fetched; null when it has none.</summary>
    public string? ExecutionRole { get; init; }

    /// <summary>ARN of what pulls its image and writes its log, on Fargate; null when it has none, or somebody else does it.</summary>
    public string? FargateRole { get; init; }

    /// <summary>The definition names no image.</summary>
    public bool OnHost { get; init; }

    public required int Attempts { get; init; }

    public required IReadOnlyList<ExitRule> Rules { get; init; }

    /// <summary>Of a job of several: then only these are run, and what they share is this plan's. Empty for a job of one.</summary>
    public IReadOnlyList<TaskContainer> Containers { get; init; } = [];

    /// <summary>Of one attempt, from its start.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Address of the supervisor that has to lie where the job mounts it; null when it has none.</summary>
    public string? Supervisor => Environment.GetValueOrDefault(SupervisorVariables.Supervisor);

    /// <summary>Whether the image is the supervisor's own, which the engine makes.</summary>
    public bool IsRunner => Image.StartsWith(SupervisorVariables.RunnerRepository + ":", StringComparison.Ordinal);

    /// <summary>Whether it has Docker's socket, with which it may start containers.</summary>
    public bool StartsContainers => Mounts.Any(mount => mount.IsDocker);

    /// <summary>Reads a document that <see cref="JobRequest"/> has made and checked.</summary>
    public static JobPlan Read(JsonObject document)
    {
        if (document.Object(JobRequest.Ecs) is not { } ecs)
        {
            return Of(document.Object("container")!, document);
        }

        var containers = TaskContainer.Read(ecs, document);
        return containers[0].Plan with { Containers = containers, MilliCpus = containers.Sum(container => container.Plan.MilliCpus) };
    }

    /// <summary>Reads one container of a document.</summary>
    public static JobPlan Of(JsonObject container, JsonObject document)
    {
        var retry = document.Object("retryStrategy");
        return new JobPlan
        {
            Image = container.Required("image"),
            Command = References.Resolve(container.Texts("command"), document.Map("parameters")).Command,
            Environment = container.Pairs("environment"),
            MilliCpus = ContainerMerge.MilliCpus(container),
            MemoryMiB = ContainerMerge.MemoryMiB(container),
            Gpus = ContainerMerge.Gpus(container),
            User = container.Text("user"),
            Privileged = container.Flag("privileged"),
            ReadOnlyRoot = container.Flag("readonlyRootFilesystem"),
            SharedMemoryMiB = container.Object("linuxParameters")?.Integer("sharedMemorySize"),
            Mounts = VolumeMount.Read(container),
            Ulimits = [.. container.Objects("ulimits").Select(limit =>
                new ContainerUlimit(limit.Required("name"), limit.Integer("softLimit") ?? 0, limit.Integer("hardLimit") ?? 0))],
            JobRole = container.Text("jobRoleArn"),
            Secrets = container.Objects("secrets").ToDictionary(secret => secret.Required("name"), secret => secret.Required("valueFrom")),
            ExecutionRole = container.Text("executionRoleArn"),
            FargateRole = document.Texts("platformCapabilities").Contains("FARGATE") ? container.Text("executionRoleArn") : null,
            OnHost = document.Map(JobRequest.DefinitionTags).GetValueOrDefault(ImageTag) == NoImage,
            Attempts = retry?.Integer("attempts") ?? 1,
            Rules = ExitRules.Read(retry),
            Timeout = document.Object("timeout")?.Integer("attemptDurationSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
    }
}

/// <summary>A volume in a container.</summary>
/// <param name="Name">The volume's.</param>
/// <param name="HostPath">Absolute, as the job definition has it; null is a directory that lives as long as the attempt.</param>
/// <param name="ContainerPath">Absolute.</param>
/// <param name="ReadOnly">Whether the job may not write to it.</param>
internal sealed record VolumeMount(string Name, string? HostPath, string ContainerPath, bool ReadOnly)
{
    /// <summary>Docker's volume of that name; null is a host path, or a directory of this container only.</summary>
    public string? Volume { get; init; }

    /// <summary>Whether it is the socket of the machine's Docker, which lies elsewhere here than on a machine of AWS.</summary>
    public bool IsDocker => HostPath == SupervisorVariables.DockerSocket;

    /// <summary>Reads <c>volumes</c> and <c>mountPoints</c>.</summary>
    public static IReadOnlyList<VolumeMount> Read(JsonObject container)
    {
        var volumes = new Dictionary<string, string?>();
        foreach (var volume in container.Objects("volumes"))
        {
            if (volume["efsVolumeConfiguration"] is not null || volume["s3filesVolumeConfiguration"] is not null)
            {
                throw BatchFault.Client($"volume '{volume.Text("name")}': the local engine has host volumes only, not EFS or S3 Files");
            }

            volumes[volume.Required("name")] = volume.Object("host")?.Text("sourcePath") is { Length: > 0 } path ? Absolute(path) : null;
        }

        return [.. container.Objects("mountPoints").Select(point => volumes.TryGetValue(point.Required("sourceVolume"), out var host)
            ? new VolumeMount(point.Required("sourceVolume"), host, Absolute(point.Required("containerPath")), point.Flag("readOnly"))
            : throw BatchFault.Client($"mountPoints: there is no volume '{point.Text("sourceVolume")}'"))];
    }

    private static string Absolute(string path) => path.StartsWith('/') && !path.Split('/').Contains("..")
        ? path
        : throw BatchFault.Client($"'{path}' of volumes and mountPoints must be an absolute path without '..'");
}
