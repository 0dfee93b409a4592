using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class RemovePermissionRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    [JsonIgnore]
    public string? Qualifier { get; set; }

    [JsonIgnore]
    public string? StatementId { get; set; }

    [JsonIgnore]
    public string? RevisionId { get; set; }
}

public sealed class RemovePermissionResponse : AmazonWebServiceResponse;
