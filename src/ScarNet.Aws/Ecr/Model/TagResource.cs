using Amazon.Runtime;

namespace ScarNet.Aws.Ecr.Model;

public sealed class TagResourceRequest : AmazonWebServiceRequest
{
    public string? ResourceArn { get; set; }

    public List<Tag>? Tags { get; set; }
}

public sealed class TagResourceResponse : AmazonWebServiceResponse;
