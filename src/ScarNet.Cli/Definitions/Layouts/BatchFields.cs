using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Values;
using ScarNet.Core.Functions;
using static ScarNet.Cli.Definitions.Values.Kinds;

namespace ScarNet.Cli.Definitions.Layouts;

/// <summary>The <c>batch</c> block: its parts that every layout has in common.</summary>
internal static class BatchFields
{
    private const string Batch = nameof(FunctionDefinition.Batch) + ".";
    private const string Compute = Batch + nameof(BatchSettings.Compute) + ".";

    private static readonly Kind<string> State = OneOf(("ENABLED", "ENABLED"), ("DISABLED", "DISABLED"));

    private static readonly Kind<string> MachineType =
        OneOf(("EC2", "EC2"), ("SPOT", "SPOT"), ("FARGATE", "FARGATE"), ("FARGATE_SPOT", "FARGATE_SPOT"));

    private static readonly Kind<string> EnvironmentType = OneOf(("MANAGED", "MANAGED"));

    private static readonly Kind<string> EitherType = OneOf(
        ("EC2", "EC2"), ("SPOT", "SPOT"), ("FARGATE", "FARGATE"), ("FARGATE_SPOT", "FARGATE_SPOT"), ("MANAGED", "MANAGED"));

    private static readonly Field<MultiNodeSettings?>[] MultiNodeFields =
    [
        Field.Of<MultiNodeSettings?, bool>("enabled", YesNo, Batch + nameof(BatchSettings.MultiNode), (m, on) => on ? m ?? new() : null),
        Field.Of<MultiNodeSettings?, int>("number_nodes", Whole, Batch + "MultiNode.Nodes", (m, n) => (m ?? new()) with { Nodes = n }),
        Field.Of<MultiNodeSettings?, int>("main_node_index", Whole, Batch + "MultiNode.MainNode", (m, n) => (m ?? new()) with { MainNode = n }),
    ];

    /// <summary>All but the environment, whose form differs.</summary>
    public static IReadOnlyList<Field<BatchSettings>> Common { get; } =
    [
        Field.Of<BatchSettings, decimal>("vcpus", Number, Batch + nameof(BatchSettings.Vcpus), (b, v) => b with { Vcpus = v }),
        Field.Of<BatchSettings, int>("memory", Units.Memory, Batch + nameof(BatchSettings.MemoryMiB), (b, v) => b with { MemoryMiB = v }),
        Field.Of<BatchSettings, bool>("enable_gpu", YesNo, Batch + nameof(BatchSettings.Gpus), (b, v) => b with { Gpus = v ? 1 : 0 }),
        Field.Of<BatchSettings, string>("state", State, Batch + nameof(BatchSettings.State), (b, v) => b with { State = v }),
        Field.Of<BatchSettings, string>("type", EnvironmentType, Batch + nameof(BatchSettings.Type), (b, v) => b with { Type = v }),
        Field.Of<BatchSettings, string>("service_role", Text, Batch + nameof(BatchSettings.ServiceRole), (b, v) => b with { ServiceRole = NullIfEmpty(v) }),
        Field.Block("compute_resources", ComputeResources()),
        Field.NotActing(Field.Block<BatchSettings, MultiNodeSettings?>(
            "multi_node_parallel", new(MultiNodeFields), b => b.MultiNode, (_, b, m) => b with { MultiNode = m })),
    ];

    /// <summary>What is our own, in every layout.</summary>
    public static IReadOnlyList<Field<BatchSettings>> Own { get; } =
    [
        Field.Of<BatchSettings, TimeSpan>("timeout", Units.Duration, Batch + nameof(BatchSettings.Timeout), (b, v) => b with { Timeout = v }),
        Field.Of<BatchSettings, string>("queue", Text, Batch + nameof(BatchSettings.Queue), (b, v) => b with { Queue = NullIfEmpty(v) }),
        Field.Of<BatchSettings, int>("scratch_gb", Whole, Batch + nameof(BatchSettings.ScratchGb), (b, v) => b with { ScratchGb = v }),
        Field.Of<BatchSettings, int>("root_gb", Whole, Batch + nameof(BatchSettings.RootGb), (b, v) => b with { RootGb = v }),
        Machine("launch_template", Text, nameof(Core.Functions.ComputeResources.LaunchTemplateName), (c, v) => c with { LaunchTemplateName = NullIfEmpty(v) }),
        Field.Of<BatchSettings, int>("gpus", Whole, Batch + nameof(BatchSettings.Gpus), (b, v) => b with { Gpus = v }),
        Field.Of<BatchSettings, string>("runner_image", Text, Batch + nameof(BatchSettings.RunnerImage), (b, v) => b with { RunnerImage = NullIfEmpty(v) }),
        Field.Of<BatchSettings, string>("job_role", Text, Batch + nameof(BatchSettings.JobRole), (b, v) => b with { JobRole = NullIfEmpty(v) }),
    ];

    /// <summary>SCAR 2's machines, which stand in <c>batch</c> itself.</summary>
    public static IReadOnlyList<Field<BatchSettings>> Flat { get; } =
    [
        Field.Of<BatchSettings, string>("comp_type", MachineType, Compute + "Type", SetMachineType),
        .. Machines(),
    ];

    /// <summary>Who is asked twice for one thing.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Exclusive { get; } = [["enable_gpu", "gpus"], ["launch_template", "launch_template_name"]];

    public static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>SCAR 3 has <c>state</c>, <c>type</c> and <c>comp_type</c> in here; in SCAR 4 <c>type</c> is the machines'.</summary>
    private static FieldBlock<BatchSettings> ComputeResources() => new(
        [
            Field.Of<BatchSettings, string>("state", State, Batch + nameof(BatchSettings.State), (b, v) => b with { State = v }),
            Field.Of<BatchSettings, string>("type", EitherType, Compute + "Type", (b, v) => v == "MANAGED" ? b with { Type = v } : SetMachineType(b, v)),
            Field.Of<BatchSettings, string>("comp_type", MachineType, Compute + "Type", SetMachineType),
            .. Machines(),
        ]);

    private static Field<BatchSettings>[] Machines() =>
    [
        Machine("min_v_cpus", Whole, nameof(Core.Functions.ComputeResources.MinVcpus), (c, v) => c with { MinVcpus = v }),
        Machine("desired_v_cpus", Whole, nameof(Core.Functions.ComputeResources.DesiredVcpus), (c, v) => c with { DesiredVcpus = v }),
        Machine("max_v_cpus", Whole, nameof(Core.Functions.ComputeResources.MaxVcpus), (c, v) => c with { MaxVcpus = v }),
        Machine("instance_types", Lists.Names, nameof(Core.Functions.ComputeResources.InstanceTypes), (c, v) => c with { InstanceTypes = v }),
        Machine("subnets", Lists.Names, nameof(Core.Functions.ComputeResources.Subnets), (c, v) => c with { Subnets = v }),
        Machine("security_group_ids", Lists.Names, nameof(Core.Functions.ComputeResources.SecurityGroupIds), (c, v) => c with { SecurityGroupIds = v }),
        Machine("instance_role", Text, nameof(Core.Functions.ComputeResources.InstanceRole), (c, v) => c with { InstanceRole = NullIfEmpty(v) }),
        Machine("launch_template_name", Text, nameof(Core.Functions.ComputeResources.LaunchTemplateName), (c, v) => c with { LaunchTemplateName = NullIfEmpty(v) }),
    ];

    private static Field<BatchSettings> Machine<TValue>(
        string name, Kind<TValue> kind, string member, Func<ComputeResources, TValue, ComputeResources> set) =>
        Field.Of<BatchSettings, TValue>(name, kind, Compute + member, (b, v) => b with { Compute = set(b.Compute, v) });

    private static BatchSettings SetMachineType(BatchSettings b, string type) => b with { Compute = b.Compute with { Type = type } };
}
