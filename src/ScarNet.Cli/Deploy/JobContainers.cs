using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using KeyValuePair = ScarNet.Aws.Batch.Model.KeyValuePair;

namespace ScarNet.Cli.Deploy;

/// <summary>The one container of a function's job, where it has but one: the image with the supervisor in it, or the supervisor's own.</summary>
internal static class JobContainers
{
    /// <summary>Stands for "any" where a function has no image, or the supervisor a container of its own: AWS wants one.</summary>
    public const string AnyImage = "public.ecr.aws/amazonlinux/amazonlinux:2023";

    private const string SupervisorVolume = "scarnet";
    private const string ScratchVolume = "scratch";
    private const string DockerVolume = "docker";
    private const string ReferenceVolume = "references";
    private const int TagDigits = 32;

    public static ContainerProperties Of(FunctionPlan function, IReadOnlyDictionary<string, string> spec)
    {
        var properties = Mounted(function, spec);
        if (function.Launch == LaunchMode.Sibling)
        {
            properties.Image = Runner(function);
            Scratch(properties, HostVolume(ScratchVolume, SupervisorVariables.ScratchDirectory));
            properties.Volumes!.Add(HostVolume(DockerVolume, SupervisorVariables.DockerSocket));
            properties.MountPoints!.Add(new() { SourceVolume = DockerVolume, ContainerPath = SupervisorVariables.DockerSocket, ReadOnly = false });
        }
        else
        {
            properties.ReadonlyRootFilesystem = function.Function.ReadOnlyRoot ? true : null;
            if (!function.Target.IsEngine)
            {
                Scratch(properties, HostVolume(ScratchVolume, SupervisorVariables.ScratchDirectory));
            }
            else if (function.Function.ReadOnlyRoot)
            {
                Scratch(properties, new() { Name = ScratchVolume });
            }
        }

        if (References(function) is var (volume, mount))
        {
            properties.Volumes!.Add(volume);
            properties.MountPoints!.Add(mount);
        }

        return properties;
    }

    /// <summary>The machine's cache of references; null when the function has none there.</summary>
    public static (Volume Volume, MountPoint Mount)? References(FunctionPlan function) =>
        function.Function is { ReferenceCache: { } cache, References.Count: > 0 }
            ? (HostVolume(ReferenceVolume, cache), new() { SourceVolume = ReferenceVolume, ContainerPath = cache, ReadOnly = false })
            : null;

    /// <summary>The image of a container that is the supervisor's own.</summary>
    public static string Runner(FunctionPlan function) => function.Function.Batch.RunnerImage
        ?? (function.Target.IsEngine ? $"{SupervisorVariables.RunnerRepository}:{function.Supervisor.Sha256[..TagDigits]}" : AnyImage);

    public static string Role(FunctionPlan function) => function.Target.JobRoleOf(function.Function);

    public static List<KeyValuePair> Environment(FunctionPlan function, IReadOnlyDictionary<string, string> spec) =>
    [
        .. new SortedDictionary<string, string>(spec.ToDictionary(), StringComparer.Ordinal)
        {
            [SupervisorVariables.Supervisor] = function.Supervisor.Uri(function.ArtifactBucket),
            ["SCARNET_FUNCTION"] = function.Name,
        }.Select(variable => new KeyValuePair { Name = variable.Key, Value = variable.Value }),
    ];

    /// <summary>What ECS fetches before it starts the container, and hands to it as variables; null is none.</summary>
    public static List<Secret>? Secrets(FunctionPlan function) => function.Function.Secrets.Count == 0
        ? null
        : [.. function.BatchSpec.Secrets.Select(secret => new Secret { Name = secret.Key, ValueFrom = secret.Value })];

    public static Volume SupervisorOfTheHost(FunctionPlan function) =>
        HostVolume(SupervisorVolume, $"{SupervisorVariables.MountDirectory}/{function.Supervisor.Sha256}");

    public static MountPoint SupervisorMount { get; } =
        new() { SourceVolume = SupervisorVolume, ContainerPath = SupervisorVariables.MountDirectory, ReadOnly = true };

    private static ContainerProperties Mounted(FunctionPlan function, IReadOnlyDictionary<string, string> spec) => new()
    {
        Image = function.Function.Image ?? AnyImage,
        Command = [SupervisorVariables.MountPath, .. JobArguments.Placeholders(function.Function.Parameters.Keys)],
        JobRoleArn = Role(function),
        ExecutionRoleArn = function.Function.HasExecutionRole ? Role(function) : null,
        Secrets = Secrets(function),
        Volumes = [SupervisorOfTheHost(function)],
        MountPoints = [SupervisorMount],
        Environment = Environment(function, spec),
        ResourceRequirements = [.. Requirements(function)],
    };

    // Workspaces are made below the temporary directory.
    private static void Scratch(ContainerProperties properties, Volume volume)
    {
        properties.Volumes!.Add(volume);
        properties.MountPoints!.Add(new() { SourceVolume = ScratchVolume, ContainerPath = SupervisorVariables.ScratchDirectory, ReadOnly = false });
        properties.Environment!.Add(new() { Name = "TMPDIR", Value = SupervisorVariables.ScratchDirectory });
    }

    private static Volume HostVolume(string name, string path) => new() { Name = name, Host = new() { SourcePath = path } };

    // The script's container gets all that the function asks for; beside it the supervisor needs a little of its own.
    private static IEnumerable<ResourceRequirement> Requirements(FunctionPlan function)
    {
        var batch = function.Function.Batch;
        var own = function.Launch == LaunchMode.Sibling ? SiblingSpec.SupervisorMemoryMiB : 0;
        yield return new() { Type = "VCPU", Value = batch.Vcpus.ToString("0.####") };
        yield return new() { Type = "MEMORY", Value = (batch.MemoryMiB + own).ToString() };
        if (batch.Gpus > 0)
        {
            yield return new() { Type = "GPU", Value = batch.Gpus.ToString() };
        }
    }
}
