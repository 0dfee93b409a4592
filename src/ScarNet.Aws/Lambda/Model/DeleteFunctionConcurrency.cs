using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class DeleteFunctionConcurrencyRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }
}

public sealed class DeleteFunctionConcurrencyResponse : AmazonWebServiceResponse;
