using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class ListFunctionsRequest : AmazonWebServiceRequest
{
    /// <summary>ALL lists every published version too; null each function once.</summary>
    [JsonIgnore]
    public string? FunctionVersion { get; set; }

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
