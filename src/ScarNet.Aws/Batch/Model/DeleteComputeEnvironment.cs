using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DeleteComputeEnvironmentRequest : AmazonWebServiceRequest
{
    public string? ComputeEnvironment { get; set; }
}

public sealed class DeleteComputeEnvironmentResponse : AmazonWebServiceResponse;
