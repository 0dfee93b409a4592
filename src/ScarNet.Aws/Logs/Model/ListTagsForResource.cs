using Amazon.Runtime;

namespace ScarNet.Aws.Logs.Model;

public sealed class ListTagsForResourceRequest : AmazonWebServiceRequest
{
    /// <summary>Without <c>:*</c> at its end.</summary>
    public string? ResourceArn { get; set; }
}

public sealed class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string>? Tags { get; set; }
}
