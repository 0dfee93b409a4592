using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class GetFunctionRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    [JsonIgnore]
    public string? Qualifier { get; set; }
}

public sealed class GetFunctionResponse : AmazonWebServiceResponse
{
    public FunctionConfiguration? Configuration { get; set; }

    public FunctionCodeLocation? Code { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public TagsError? TagsError { get; set; }

    public Concurrency? Concurrency { get; set; }
}
