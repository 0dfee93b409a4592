using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DescribeComputeEnvironmentsRequest : AmazonWebServiceRequest
{
    public List<string>? ComputeEnvironments { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeComputeEnvironmentsResponse : AmazonWebServiceResponse
{
    public List<ComputeEnvironmentDetail>? ComputeEnvironments { get; set; }

    public string? NextToken { get; set; }
}
