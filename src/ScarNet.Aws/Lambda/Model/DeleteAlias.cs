using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class DeleteAliasRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    [JsonIgnore]
    public string? Name { get; set; }
}

public sealed class DeleteAliasResponse : AmazonWebServiceResponse;
