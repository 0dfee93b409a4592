using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class DescribeImagesRequest : AmazonWebServiceRequest
{
    public string? RepositoryName { get; set; }

    public List<ImageIdentifier>? ImageIds { get; set; }
}

public sealed class DescribeImagesResponse : AmazonWebServiceResponse
{
    public List<ImageDetail>? ImageDetails { get; set; }
}
