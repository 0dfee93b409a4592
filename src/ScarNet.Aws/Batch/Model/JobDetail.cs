namespace ScarNet.Aws.Batch.Model;

public sealed class JobDetail
{
    public string? JobArn { get; set; }

    public string? JobName { get; set; }

    public string? JobId { get; set; }

    public string? JobQueue { get; set; }

    public string? Status { get; set; }

    public string? ShareIdentifier { get; set; }

    public List<AttemptDetail>? Attempts { get; set; }

    public string? StatusReason { get; set; }

    public long? CreatedAt { get; set; }

    public RetryStrategy? RetryStrategy { get; set; }

    public long? StartedAt { get; set; }

    public long? StoppedAt { get; set; }

    public List<JobDependency>? DependsOn { get; set; }

    public string? JobDefinition { get; set; }

    public Dictionary<string, string>? Parameters { get; set; }

    public ContainerDetail? Container { get; set; }

    public ArrayPropertiesDetail? ArrayProperties { get; set; }

    public JobTimeout? Timeout { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public bool? PropagateTags { get; set; }

    public List<string>? PlatformCapabilities { get; set; }

    public bool? IsCancelled { get; set; }

    public bool? IsTerminated { get; set; }
}
