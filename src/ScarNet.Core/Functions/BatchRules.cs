using static ScarNet.Core.Functions.AwsLimits;
using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>What the Batch settings of one function must be. They are checked in every mode: the mode is one word away.</summary>
internal static class BatchRules
{
    private const string Compute = "Batch.Compute.";

    public static IEnumerable<Problem> Check(F function)
    {
        var batch = function.Batch;
        var compute = batch.Compute;
        var name = $"function '{function.Name}'";
        var onFargate = compute.Type.StartsWith("FARGATE", StringComparison.Ordinal);
        Problem At(string member, string message, string? hint = null) => new(function.PlaceOf("Batch." + member), message, hint);

        if (onFargate && !FargateVcpus.Contains(batch.Vcpus))
        {
            yield return At("Vcpus", $"batch.vcpus of {name} is {batch.Vcpus}, which Fargate does not have", $"one of {string.Join(", ", FargateVcpus)}");
        }
        else if (!onFargate && (batch.Vcpus < 1 || batch.Vcpus % 1 != 0 || batch.Vcpus > 1_000_000))
        {
            yield return At("Vcpus", $"batch.vcpus of {name} is {batch.Vcpus}: it must be a whole number from 1", "parts of a vCPU exist only on FARGATE");
        }

        if (function.Script?.Task is null && function.Launch != LaunchMode.Auto && Launching.Problem(function.Launch, function.Image, [], batch.OnFargate) is { } problem)
        {
            yield return new(function.PlaceOf(nameof(F.Launch)), $"{name} {problem.Message}", problem.Hint);
        }

        if (batch.MemoryMiB < MinBatchMemoryMiB)
        {
            yield return At("MemoryMiB", $"batch.memory of {name} is {batch.MemoryMiB} MiB: it must be at least {MinBatchMemoryMiB}");
        }

        if (batch.Gpus is < 0 or > 1024)
        {
            yield return At("Gpus", $"batch.gpus of {name} is {batch.Gpus}: it must be from 0");
        }
        else if (batch.Gpus > 0 && onFargate)
        {
            yield return At("Gpus", $"{name} asks for a GPU on Fargate, which has none", "use 'compute_resources: {type: EC2}'");
        }

        if (batch.ScratchGb is < 0 or > MaxVolumeGb)
        {
            yield return At("ScratchGb", $"batch.scratch_gb of {name} is {batch.ScratchGb}: it must be from 0 to {MaxVolumeGb}", "0 makes no scratch volume");
        }

        if (batch.RootGb is < MinRootGb or > MaxVolumeGb)
        {
            yield return At("RootGb", $"batch.root_gb of {name} is {batch.RootGb}: it must be from {MinRootGb}, which ECS's machine image has, to {MaxVolumeGb}");
        }

        foreach (var (member, field) in new[] { ("ScratchGb", "scratch_gb"), ("RootGb", "root_gb") }.Where(entry => function.IsGiven("Batch." + entry.Item1)))
        {
            if (onFargate)
            {
                yield return At(member, $"{name} has batch.{field} on Fargate, which has no machines", "Fargate gives each job 20 GB");
            }
            else if (compute.LaunchTemplateName is not null || batch.Queue is not null)
            {
                yield return At(
                    member,
                    $"{name} has batch.{field}, and machines that {(batch.Queue is null ? $"launch template '{compute.LaunchTemplateName}'" : $"queue '{batch.Queue}'")} decides on",
                    $"leave {field} out, or the other");
            }
        }

        if (batch.Timeout is { } timeout && (timeout.TotalSeconds < MinBatchTimeoutSeconds || timeout.TotalSeconds % 1 != 0))
        {
            yield return At("Timeout", $"batch.timeout of {name} is {timeout.TotalSeconds} s: Batch takes whole seconds, at least {MinBatchTimeoutSeconds}");
        }

        if (compute.MinVcpus < 0 || compute.DesiredVcpus < compute.MinVcpus || compute.MaxVcpus < compute.DesiredVcpus || compute.MaxVcpus < 1)
        {
            yield return At(
                "Compute.MaxVcpus",
                $"compute_resources of {name} want {compute.MinVcpus} ≤ {compute.DesiredVcpus} ≤ {compute.MaxVcpus} vCPUs (min, desired, max)",
                "0 ≤ min_v_cpus ≤ desired_v_cpus ≤ max_v_cpus, and max_v_cpus at least 1");
        }
        else if (function.IsGiven(Compute + "MaxVcpus") && batch.Vcpus > compute.MaxVcpus)
        {
            yield return At("Compute.MaxVcpus", $"a job of {name} needs {batch.Vcpus} vCPUs, but max_v_cpus is {compute.MaxVcpus}: it would never start");
        }

        if (compute.InstanceTypes.Count == 0 && !onFargate)
        {
            yield return At("Compute.InstanceTypes", $"instance_types of {name} is empty", "for example 'optimal'");
        }

        if (batch.MultiNode is { } nodes && (nodes.Nodes is < 2 or > 1000 || nodes.MainNode < 0 || nodes.MainNode >= nodes.Nodes))
        {
            yield return At("MultiNode", $"multi_node_parallel of {name} has number_nodes {nodes.Nodes} and main_node_index {nodes.MainNode}", "2 to 1000 nodes; the main node is one of them, counted from 0");
        }
    }
}
