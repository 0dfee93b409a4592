using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class GetFunctionConfigurationRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    [JsonIgnore]
    public string? Qualifier { get; set; }
}

public sealed class GetFunctionConfigurationResponse : FunctionConfiguration;
