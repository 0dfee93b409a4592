using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class CreateRepositoryRequest : AmazonWebServiceRequest
{
    public string? RepositoryName { get; set; }

    public List<Tag>? Tags { get; set; }

    public string? ImageTagMutability { get; set; }
}

public sealed class CreateRepositoryResponse : AmazonWebServiceResponse
{
    public Repository? Repository { get; set; }
}
