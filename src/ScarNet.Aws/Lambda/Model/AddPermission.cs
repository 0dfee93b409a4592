using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class AddPermissionRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Version or alias; null is the function itself.</summary>
    [JsonIgnore]
    public string? Qualifier { get; set; }

    public string? StatementId { get; set; }

    public string? Action { get; set; }

    public string? Principal { get; set; }

    public string? SourceArn { get; set; }

    public string? SourceAccount { get; set; }

    public string? RevisionId { get; set; }
}

public sealed class AddPermissionResponse : AmazonWebServiceResponse
{
    public string? Statement { get; set; }
}
