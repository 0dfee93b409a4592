using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class PublishVersionRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>Digest that $LATEST must have; null is any.</summary>
    public string? CodeSha256 { get; set; }

    /// <summary>Of the version; null takes the function's.</summary>
    public string? Description { get; set; }

    public string? RevisionId { get; set; }
}

/// <summary>The version: the one published last, when nothing has changed since.</summary>
public sealed class PublishVersionResponse : FunctionConfiguration;
