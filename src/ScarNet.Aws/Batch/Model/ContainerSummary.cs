namespace ScarNet.Aws.Batch.Model;

public sealed class ContainerSummary
{
    public int? ExitCode { get; set; }

    public string? Reason { get; set; }
}
