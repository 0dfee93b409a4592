using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class UpdateFunctionConfigurationRequest : AmazonWebServiceRequest
{
    [JsonIgnore]
    public string? FunctionName { get; set; }

    public string? Role { get; set; }

    public string? Handler { get; set; }

    public string? Description { get; set; }

    public int? Timeout { get; set; }

    public int? MemorySize { get; set; }

    public Environment? Environment { get; set; }

    public string? Runtime { get; set; }

    public DeadLetterConfig? DeadLetterConfig { get; set; }

    public string? RevisionId { get; set; }

    public List<string>? Layers { get; set; }

    public ImageConfig? ImageConfig { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public VpcConfig? VpcConfig { get; set; }

    public List<FileSystemConfig>? FileSystemConfigs { get; set; }
}

public sealed class UpdateFunctionConfigurationResponse : FunctionConfiguration;
