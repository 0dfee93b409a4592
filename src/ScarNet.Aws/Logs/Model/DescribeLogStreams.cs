using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class DescribeLogStreamsRequest : AmazonWebServiceRequest
{
    public string? LogGroupName { get; set; }

    public string? LogStreamNamePrefix { get; set; }

    public string? OrderBy { get; set; }

    public bool? Descending { get; set; }

    public string? NextToken { get; set; }

    public int? Limit { get; set; }
}

public sealed class DescribeLogStreamsResponse : AmazonWebServiceResponse
{
    public List<LogStream>? LogStreams { get; set; }

    public string? NextToken { get; set; }
}
