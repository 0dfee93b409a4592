namespace ScarNet.Aws.Batch.Model;

public sealed class JobQueueDetail
{
    public string? JobQueueName { get; set; }

    public string? JobQueueArn { get; set; }

    public string? State { get; set; }

    public string? Status { get; set; }

    public string? StatusReason { get; set; }

    public int? Priority { get; set; }

    public List<ComputeEnvironmentOrder>? ComputeEnvironmentOrder { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}
