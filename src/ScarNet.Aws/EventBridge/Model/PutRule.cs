using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class PutRuleRequest : AmazonWebServiceRequest
{
    public string? Name { get; set; }

    public string? EventPattern { get; set; }

    public string? State { get; set; }

    public string? Description { get; set; }

    public List<Tag>? Tags { get; set; }
}

public sealed class PutRuleResponse : AmazonWebServiceResponse
{
    public string? RuleArn { get; set; }
}
