using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class ListRulesRequest : AmazonWebServiceRequest
{
    public string? NamePrefix { get; set; }

    public string? NextToken { get; set; }

    public int? Limit { get; set; }
}

public sealed class ListRulesResponse : AmazonWebServiceResponse
{
    public List<Rule>? Rules { get; set; }

    public string? NextToken { get; set; }
}
