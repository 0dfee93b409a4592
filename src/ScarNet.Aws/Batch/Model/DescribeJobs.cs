using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DescribeJobsRequest : AmazonWebServiceRequest
{
    public List<string>? Jobs { get; set; }
}

public sealed class DescribeJobsResponse : AmazonWebServiceResponse
{
    public List<JobDetail>? Jobs { get; set; }
}
