using System.Text.Json.Serialization;

namespace ScarNet.Aws.Lambda.Model;

public sealed class FunctionCode
{
    /// <summary>The zip itself; base64 on the wire.</summary>
    [JsonConverter(typeof(Base64StreamConverter))]
    public MemoryStream? ZipFile { get; set; }

    public string? S3Bucket { get; set; }

    public string? S3Key { get; set; }

    public string? ImageUri { get; set; }
}
