using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class UntagResourceRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? Resource { get; set; }

    [JsonIgnore]
    public List<string>? TagKeys { get; set; }
}

public sealed class UntagResourceResponse : AmazonWebServiceResponse;
