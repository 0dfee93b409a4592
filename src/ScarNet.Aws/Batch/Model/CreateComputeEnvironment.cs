using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class CreateComputeEnvironmentRequest : AmazonWebServiceRequest
{
    public string? ComputeEnvironmentName { get; set; }

    public string? Type { get; set; }

    public string? State { get; set; }

    public ComputeResource? ComputeResources { get; set; }

    public string? ServiceRole { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class CreateComputeEnvironmentResponse : AmazonWebServiceResponse
{
    public string? ComputeEnvironmentName { get; set; }

    public string? ComputeEnvironmentArn { get; set; }
}
