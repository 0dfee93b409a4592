using Amazon.Runtime;

namespace ScarNet.Aws.EventBridge.Model;

public sealed class UntagResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceARN { get; set; }

    public List<string>? TagKeys { get; set; }
}

public sealed class UntagResourceResponse : AmazonWebServiceResponse;
