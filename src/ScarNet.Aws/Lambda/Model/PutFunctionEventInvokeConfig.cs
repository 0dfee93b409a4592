using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class PutFunctionEventInvokeConfigRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    [JsonIgnore]
    public string? Qualifier { get; set; }

    public int? MaximumRetryAttempts { get; set; }

    public int? MaximumEventAgeInSeconds { get; set; }

    public DestinationConfig? DestinationConfig { get; set; }
}

public sealed class PutFunctionEventInvokeConfigResponse : AmazonWebServiceResponse
{
    /// <summary>Seconds since 1970.</summary>
    public double? LastModified { get; set; }

    public string? FunctionArn { get; set; }

    public int? MaximumRetryAttempts { get; set; }

    public int? MaximumEventAgeInSeconds { get; set; }

    public DestinationConfig? DestinationConfig { get; set; }
}
