using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class DescribeLogGroupsRequest : AmazonWebServiceRequest
{
    public string? LogGroupNamePrefix { get; set; }

    public string? LogGroupNamePattern { get; set; }

    public string? NextToken { get; set; }

    public int? Limit { get; set; }
}

public sealed class DescribeLogGroupsResponse : AmazonWebServiceResponse
{
    public List<LogGroup>? LogGroups { get; set; }

    public string? NextToken { get; set; }
}
