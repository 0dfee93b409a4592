using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class DeleteRuleRequest : AmazonWebServiceRequest
{
    public string? Name { get; set; }
}

public sealed class DeleteRuleResponse : AmazonWebServiceResponse;
