using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class ListJobsRequest : AmazonWebServiceRequest
{
    public string? JobQueue { get; set; }

    public string? ArrayJobId { get; set; }

    public string? MultiNodeJobId { get; set; }

    public string? JobStatus { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public List<KeyValuesPair>? Filters { get; set; }
}

public sealed class ListJobsResponse : AmazonWebServiceResponse
{
    public List<JobSummary>? JobSummaryList { get; set; }

    public string? NextToken { get; set; }
}
