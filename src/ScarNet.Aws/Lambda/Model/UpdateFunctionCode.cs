using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class UpdateFunctionCodeRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    /// <summary>The zip itself; base64 on the wire.</summary>
    [JsonConverter(typeof(Base64StreamConverter))]
    public MemoryStream? ZipFile { get; set; }

    public string? S3Bucket { get; set; }

    public string? S3Key { get; set; }

    public string? ImageUri { get; set; }

    public bool? Publish { get; set; }

    public bool? DryRun { get; set; }

    public string? RevisionId { get; set; }

    public List<string>? Architectures { get; set; }
}

public sealed class UpdateFunctionCodeResponse : FunctionConfiguration;
