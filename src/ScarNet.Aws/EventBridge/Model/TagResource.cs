using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class TagResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceARN { get; set; }

    public List<Tag>? Tags { get; set; }
}

public sealed class TagResourceResponse : AmazonWebServiceResponse;
