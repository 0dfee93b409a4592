using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class ListTagsForResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceARN { get; set; }
}

public sealed class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public List<Tag>? Tags { get; set; }
}
