using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class UpdateJobQueueRequest : AmazonWebServiceRequest
{
    public string? JobQueue { get; set; }

    public string? State { get; set; }

    public int? Priority { get; set; }

    public List<ComputeEnvironmentOrder>? ComputeEnvironmentOrder { get; set; }
}

public sealed class UpdateJobQueueResponse : AmazonWebServiceResponse
{
    public string? JobQueueName { get; set; }

    public string? JobQueueArn { get; set; }
}
