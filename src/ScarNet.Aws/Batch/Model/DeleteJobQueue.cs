using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DeleteJobQueueRequest : AmazonWebServiceRequest
{
    public string? JobQueue { get; set; }
}

public sealed class DeleteJobQueueResponse : AmazonWebServiceResponse;
