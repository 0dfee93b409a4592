using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class ListVersionsByFunctionRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    [JsonIgnore]
    public string? Marker { get; set; }

    [JsonIgnore]
    public int? MaxItems { get; set; }
}

public sealed class ListVersionsByFunctionResponse : AmazonWebServiceResponse
{
    public string? NextMarker { get; set; }

    /// <summary>$LATEST among them.</summary>
    public List<FunctionConfiguration>? Versions { get; set; }
}
