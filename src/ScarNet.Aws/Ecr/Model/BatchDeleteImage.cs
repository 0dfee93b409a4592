using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class BatchDeleteImageRequest : AmazonWebServiceRequest
{
    public string? RepositoryName { get; set; }

    public List<ImageIdentifier>? ImageIds { get; set; }
}

public sealed class BatchDeleteImageResponse : AmazonWebServiceResponse
{
    public List<ImageIdentifier>? ImageIds { get; set; }
}
