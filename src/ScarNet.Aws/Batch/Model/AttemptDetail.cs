namespace ScarNet.Aws.Batch.Model;

public sealed class AttemptDetail
{
    public AttemptContainerDetail? Container { get; set; }

    /// <summary>Of a job of several containers, in place of <see cref="Container"/>.</summary>
    public List<AttemptTaskDetail>? TaskProperties { get; set; }

    public long? StartedAt { get; set; }

    public long? StoppedAt { get; set; }

    public string? StatusReason { get; set; }
}
