using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;
using KeyValuePair = ScarNet.Aws.Batch.Model.KeyValuePair;

namespace ScarNet.Cli.Deploy;

/// <summary>
/// The three containers of a function's job, one after another on a volume that they share: the supervisor stages in, the image runs the
/// script, the supervisor stages out, whatever became of the script. What each reserves adds up.
/// </summary>
internal static class TaskContainers
{
    private const string SharedVolume = "shared";

    /// <summary>Of each container of the supervisor's own.</summary>
    private const decimal StageVcpus = 0.25m;

    private const int StageMemoryMiB = 512;

    public static EcsProperties Of(FunctionPlan function, IReadOnlyDictionary<string, string> spec)
    {
        var batch = function.Function.Batch;
        // On Fargate the supervisor is in the image; elsewhere it comes from the machine.
        var fromHost = !batch.OnFargate || function.Target.IsEngine;
        var (vcpus, memoryMiB) = batch.OnFargate
            ? FargateSizes.Rest(batch.Vcpus, batch.MemoryMiB, 2 * StageVcpus, 2 * StageMemoryMiB)
            : (batch.Vcpus, batch.MemoryMiB);
        List<MountPoint> mounts = fromHost ? [JobContainers.SupervisorMount, Shared] : [Shared];
        List<Volume> volumes = [new() { Name = SharedVolume }];
        if (fromHost)
        {
            volumes.Insert(0, JobContainers.SupervisorOfTheHost(function));
        }

        var staging = mounts;
        if (fromHost && JobContainers.References(function) is var (volume, mount))
        {
            volumes.Add(volume);
            staging = [.. mounts, mount];
        }

        return new()
        {
            TaskProperties =
            [
                new()
                {
                    Containers =
                    [
                        Stage(function, Phases.StageIn, spec, staging),
                        Script(function, vcpus, memoryMiB),
                        Stage(function, Phases.StageOut, spec, mounts, After(Phases.ScriptContainer, "COMPLETE")),
                    ],
                    TaskRoleArn = JobContainers.Role(function),
                    ExecutionRoleArn = function.Function.HasExecutionRole ? JobContainers.Role(function) : null,
                    NetworkConfiguration = batch.OnFargate ? new() { AssignPublicIp = "ENABLED" } : null,
                    Volumes = volumes,
                },
            ],
        };
    }

    private static MountPoint Shared { get; } = new() { SourceVolume = SharedVolume, ContainerPath = Phases.SharedDirectory, ReadOnly = false };

    private static TaskContainerProperties Stage(
        FunctionPlan function, string phase, IReadOnlyDictionary<string, string> spec, List<MountPoint> mounts, TaskContainerDependency? after = null) => new()
        {
            Name = phase,
            Image = JobContainers.Runner(function),
            Essential = phase == Phases.StageOut,
            Command = [SupervisorVariables.MountPath, phase, .. phase == Phases.StageIn ? JobArguments.Placeholders(function.Function.Parameters.Keys) : []],
            DependsOn = after is null ? null : [after],
            Environment = JobContainers.Environment(function, spec),
            MountPoints = mounts,
            ResourceRequirements = Amounts(StageVcpus, StageMemoryMiB, gpus: 0),
        };

    private static TaskContainerProperties Script(FunctionPlan function, decimal vcpus, int memoryMiB) => new()
    {
        Name = Phases.ScriptContainer,
        Image = function.Function.Image ?? JobContainers.AnyImage,
        Essential = false,
        Command = [Phases.SharedSupervisor, Phases.RunScript],
        DependsOn = [After(Phases.StageIn, "SUCCESS")],
        Environment = [new KeyValuePair { Name = "SCARNET_FUNCTION", Value = function.Name }],
        Secrets = JobContainers.Secrets(function),
        MountPoints = [Shared],
        ReadonlyRootFilesystem = function.Function.ReadOnlyRoot ? true : null,
        ResourceRequirements = Amounts(vcpus, memoryMiB, function.Function.Batch.Gpus),
    };

    private static TaskContainerDependency After(string container, string condition) => new() { ContainerName = container, Condition = condition };

    private static List<ResourceRequirement> Amounts(decimal vcpus, int memoryMiB, int gpus)
    {
        List<ResourceRequirement> amounts =
            [new() { Type = "VCPU", Value = vcpus.ToString("0.####") }, new() { Type = "MEMORY", Value = memoryMiB.ToString() }];
        if (gpus > 0)
        {
            amounts.Add(new() { Type = "GPU", Value = gpus.ToString() });
        }

        return amounts;
    }
}
