using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class DescribeRepositoriesRequest : AmazonWebServiceRequest
{
    public List<string>? RepositoryNames { get; set; }
}

public sealed class DescribeRepositoriesResponse : AmazonWebServiceResponse
{
    public List<Repository>? Repositories { get; set; }
}
