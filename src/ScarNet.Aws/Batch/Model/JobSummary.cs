namespace ScarNet.Aws.Batch.Model;

public sealed class JobSummary
{
    public string? JobArn { get; set; }

    public string? JobId { get; set; }

    public string? JobName { get; set; }

    public long? CreatedAt { get; set; }

    public string? ShareIdentifier { get; set; }

    public string? Status { get; set; }

    public string? StatusReason { get; set; }

    public long? StartedAt { get; set; }

    public long? StoppedAt { get; set; }

    public ContainerSummary? Container { get; set; }

    public ArrayPropertiesSummary? ArrayProperties { get; set; }

    public string? JobDefinition { get; set; }
}
