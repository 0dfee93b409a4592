using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class ListTargetsByRuleRequest : AmazonWebServiceRequest
{
    public string? Rule { get; set; }

    public string? NextToken { get; set; }
}

public sealed class ListTargetsByRuleResponse : AmazonWebServiceResponse
{
    public List<Target>? Targets { get; set; }

    public string? NextToken { get; set; }
}
