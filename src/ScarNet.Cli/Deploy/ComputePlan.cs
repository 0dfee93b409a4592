using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>A compute environment as it should be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Function">The function it is for; null when it is shared.</param>
/// <param name="Batch">The settings it comes from.</param>
/// <param name="MaxVcpus">The most virtual CPUs at once.</param>
internal sealed record ComputePlan(string Name, string? Function, BatchSettings Batch, int MaxVcpus)
{
    /// <summary>SCAR's default is a type that is no longer sold: AWS chooses a family that is.</summary>
    private const string RetiredDefault = "m3.medium";

    /// <summary>The family of machines with a GPU that nearly every region has. Source: docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html</summary>
    private const string GpuFamily = "g4dn";

    private const string UsualRole = "ecsInstanceRole";

    /// <summary>What its machines start with; null when that is the user's template, or it has no machines.</summary>
    public MachineTemplate? Template { get; init; }

    /// <summary>Where it lives: what the file names, else where it is already, else the default VPC.</summary>
    public Network Network { get; init; } = new(Batch.Compute.Subnets, Batch.Compute.SecurityGroupIds);

    /// <summary>Instance profile of the foundation's machines; null when there is none.</summary>
    public string? FoundationProfile { get; init; }

    /// <summary>What its machines run as, by name or ARN, as the file or the foundation says; null when neither says anything, or nobody may ask.</summary>
    public string? StatedRole => IsFargate ? null : Batch.Compute.InstanceRole ?? FoundationProfile;

    /// <summary>What machines that are there shall run as, by name or ARN; null when it is what they do.</summary>
    /// <param name="current">What they run as, by name or ARN.</param>
    public string? NewRole(string? current) => StatedRole is { } role && NameOf(role) != NameOf(current)
        // Who shares machines with us may have named another role: the foundation's takes the place of the usual one alone.
        && (Batch.Compute.InstanceRole is not null || Function is not null || IsUsual(current)) ? role : null;

    /// <summary>Whether a role, by name or ARN, is the one that machines have where nothing is said.</summary>
    public static bool IsUsual(string? role) => role is null || NameOf(role) == UsualRole;

    // Batch may say by name what it was told by ARN.
    public static string? NameOf(string? role) => role?[(role.LastIndexOf('/') + 1)..];

    public bool NeedsTemplate => !IsFargate && Batch.Compute.LaunchTemplateName is null;

    public bool IsFargate => IsOfFargate(Batch.Compute.Type);

    public static bool IsOfFargate(string type) => type.StartsWith("FARGATE", StringComparison.Ordinal);

    public ComputeResource Resources() => IsFargate
        ? new()
        {
            Type = Batch.Compute.Type,
            MaxvCpus = MaxVcpus,
            Subnets = [.. Network.Subnets],
            SecurityGroupIds = [.. Network.SecurityGroups],
        }
        : new()
        {
            Type = Batch.Compute.Type,
            AllocationStrategy = Batch.Compute.Type == SharedCompute.Spot ? "SPOT_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE",
            MinvCpus = Batch.Compute.MinVcpus,
            MaxvCpus = MaxVcpus,
            DesiredvCpus = Batch.Compute.DesiredVcpus,
            InstanceTypes = [.. Batch.Compute.InstanceTypes.Select(type => type != RetiredDefault ? type : Batch.Gpus > 0 ? GpuFamily : "optimal")],
            Subnets = [.. Network.Subnets],
            SecurityGroupIds = [.. Network.SecurityGroups],
            InstanceRole = StatedRole ?? UsualRole,
            LaunchTemplate = LaunchTemplate,
        };

    private LaunchTemplateSpecification? LaunchTemplate => Batch.Compute.LaunchTemplateName switch
    {
        null => Template is null ? null : new() { LaunchTemplateName = Template.Name, Version = MachineTemplate.Version },
        var id when id.StartsWith("lt-", StringComparison.Ordinal) => new() { LaunchTemplateId = id, Version = "$Latest" },
        var name => new() { LaunchTemplateName = name, Version = "$Latest" },
    };
}
