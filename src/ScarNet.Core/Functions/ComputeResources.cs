namespace ScarNet.Core.Functions;

/// <summary>The machines of a compute environment, under SCAR's names and defaults.</summary>
public sealed record ComputeResources
{
    /// <summary>EC2, SPOT, FARGATE or FARGATE_SPOT. Default EC2.</summary>
    public string Type { get; init; } = "EC2";

    public int MinVcpus { get; init; }

    public int DesiredVcpus { get; init; }

    /// <summary>The most virtual CPUs used at once. Default 2.</summary>
    public int MaxVcpus { get; init; } = 2;

    public IReadOnlyList<string> InstanceTypes { get; init; } = ["m3.medium"];

    public IReadOnlyList<string> Subnets { get; init; } = [];

    public IReadOnlyList<string> SecurityGroupIds { get; init; } = [];

    public string? InstanceRole { get; init; }

    public string? LaunchTemplateName { get; init; }
}
