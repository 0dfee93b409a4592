using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class CancelJobRequest : AmazonWebServiceRequest
{
    public string? JobId { get; set; }

    public string? Reason { get; set; }
}

public sealed class CancelJobResponse : AmazonWebServiceResponse;
