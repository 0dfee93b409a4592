using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class RegisterJobDefinitionRequest : AmazonWebServiceRequest
{
    public string? JobDefinitionName { get; set; }

    public string? Type { get; set; }

    public Dictionary<string, string>? Parameters { get; set; }

    public ContainerProperties? ContainerProperties { get; set; }

    public EcsProperties? EcsProperties { get; set; }

    public RetryStrategy? RetryStrategy { get; set; }

    public bool? PropagateTags { get; set; }

    public JobTimeout? Timeout { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public List<string>? PlatformCapabilities { get; set; }
}

public sealed class RegisterJobDefinitionResponse : AmazonWebServiceResponse
{
    public string? JobDefinitionName { get; set; }

    public string? JobDefinitionArn { get; set; }

    public int? Revision { get; set; }
}
