namespace ScarNet.Aws.Batch.Model;

public sealed class AttemptContainerDetail
{
    public string? ContainerInstanceArn { get; set; }

    public string? TaskArn { get; set; }

    public int? ExitCode { get; set; }

    public string? Reason { get; set; }

    public string? LogStreamName { get; set; }
}
