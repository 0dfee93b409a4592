namespace ScarNet.Aws.Batch.Model;

public sealed class ComputeEnvironmentDetail
{
    public string? ComputeEnvironmentName { get; set; }

    public string? ComputeEnvironmentArn { get; set; }

    public string? EcsClusterArn { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public string? Type { get; set; }

    public string? State { get; set; }

    public string? Status { get; set; }

    public string? StatusReason { get; set; }

    public ComputeResource? ComputeResources { get; set; }

    public string? ServiceRole { get; set; }
}
