using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class ListTagsRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? Resource { get; set; }
}

public sealed class ListTagsResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string>? Tags { get; set; }
}
