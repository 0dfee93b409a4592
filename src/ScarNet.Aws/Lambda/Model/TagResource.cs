using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class TagResourceRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? Resource { get; set; }

    public Dictionary<string, string>? Tags { get; set; }
}

public sealed class TagResourceResponse : AmazonWebServiceResponse;
