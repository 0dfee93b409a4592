using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class CreateJobQueueRequest : AmazonWebServiceRequest
{
    public string? JobQueueName { get; set; }

    public string? State { get; set; }

    public int? Priority { get; set; }

    public List<ComputeEnvironmentOrder>? ComputeEnvironmentOrder { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class CreateJobQueueResponse : AmazonWebServiceResponse
{
    public string? JobQueueName { get; set; }

    public string? JobQueueArn { get; set; }
}
