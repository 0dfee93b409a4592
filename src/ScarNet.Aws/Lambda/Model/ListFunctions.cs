using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class ListFunctionsRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? Marker { get; set; }

    [JsonIgnore]
    public int? MaxItems { get; set; }
}

public sealed class ListFunctionsResponse : AmazonWebServiceResponse
{
    public string? NextMarker { get; set; }

    public List<FunctionConfiguration>? Functions { get; set; }
}
