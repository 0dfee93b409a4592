using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class SubmitJobRequest : AmazonWebServiceRequest
{
    public string? JobName { get; set; }

    public string? JobQueue { get; set; }

    public string? ShareIdentifier { get; set; }

    public ArrayProperties? ArrayProperties { get; set; }

    public List<JobDependency>? DependsOn { get; set; }

    public string? JobDefinition { get; set; }

    public Dictionary<string, string>? Parameters { get; set; }

    public ContainerOverrides? ContainerOverrides { get; set; }

    public EcsPropertiesOverride? EcsPropertiesOverride { get; set; }

    public RetryStrategy? RetryStrategy { get; set; }

    public bool? PropagateTags { get; set; }

    public JobTimeout? Timeout { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class SubmitJobResponse : AmazonWebServiceResponse
{
    public string? JobArn { get; set; }

    public string? JobName { get; set; }

    public string? JobId { get; set; }
}
