using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DescribeJobQueuesRequest : AmazonWebServiceRequest
{
    public List<string>? JobQueues { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeJobQueuesResponse : AmazonWebServiceResponse
{
    public List<JobQueueDetail>? JobQueues { get; set; }

    public string? NextToken { get; set; }
}
