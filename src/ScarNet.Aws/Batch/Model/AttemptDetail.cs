namespace ScarNet.Aws.Batch.Model;

public sealed class AttemptDetail
{
    public AttemptContainerDetail? Container { get; set; }

    public long? StartedAt { get; set; }

    public long? StoppedAt { get; set; }

    public string? StatusReason { get; set; }
}
