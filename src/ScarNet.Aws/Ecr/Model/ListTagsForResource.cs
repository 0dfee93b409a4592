using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class ListTagsForResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceArn { get; set; }
}

public sealed class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public List<Tag>? Tags { get; set; }
}
