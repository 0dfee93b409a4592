using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class UpdateComputeEnvironmentRequest : AmazonWebServiceRequest
{
    public string? ComputeEnvironment { get; set; }

    public string? State { get; set; }

    public ComputeResourceUpdate? ComputeResources { get; set; }

    public string? ServiceRole { get; set; }
}

public sealed class UpdateComputeEnvironmentResponse : AmazonWebServiceResponse
{
    public string? ComputeEnvironmentName { get; set; }

    public string? ComputeEnvironmentArn { get; set; }
}
