using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class DeleteRepositoryRequest : AmazonWebServiceRequest
{
    public string? RepositoryName { get; set; }

    public bool? Force { get; set; }
}

public sealed class DeleteRepositoryResponse : AmazonWebServiceResponse
{
    public Repository? Repository { get; set; }
}
