namespace ScarNet.Aws.Batch.Model;

public sealed class ComputeEnvironmentOrder
{
    public int? Order { get; set; }

    public string? ComputeEnvironment { get; set; }
}
