using Amazon.Runtime;

namespace ScarNet.Aws.Batch.Model;

public sealed class DescribeJobDefinitionsRequest : AmazonWebServiceRequest
{
    public List<string>? JobDefinitions { get; set; }

    public int? MaxResults { get; set; }

    public string? JobDefinitionName { get; set; }

    public string? Status { get; set; }

    public string? NextToken { get; set; }
}

public sealed class DescribeJobDefinitionsResponse : AmazonWebServiceResponse
{
    public List<JobDefinition>? JobDefinitions { get; set; }

    public string? NextToken { get; set; }
}
