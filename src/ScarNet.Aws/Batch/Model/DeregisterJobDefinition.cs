using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DeregisterJobDefinitionRequest : AmazonWebServiceRequest
{
    public string? JobDefinition { get; set; }
}

public sealed class DeregisterJobDefinitionResponse : AmazonWebServiceResponse;
