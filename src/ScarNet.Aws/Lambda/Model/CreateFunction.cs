using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

public sealed class CreateFunctionRequest : AmazonWebServiceRequest
{
    public string? FunctionName { get; set; }

    public string? Runtime { get; set; }

    public string? Role { get; set; }

    public string? Handler { get; set; }

    public FunctionCode? Code { get; set; }

    public string? Description { get; set; }

    public int? Timeout { get; set; }

    public int? MemorySize { get; set; }

    public bool? Publish { get; set; }

    public string? PackageType { get; set; }

    public DeadLetterConfig? DeadLetterConfig { get; set; }

    public Environment? Environment { get; set; }

    public Dictionary<string, string>? Tags { get; set; }

    public List<string>? Layers { get; set; }

    public ImageConfig? ImageConfig { get; set; }

    public List<string>? Architectures { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public VpcConfig? VpcConfig { get; set; }

    public List<FileSystemConfig>? FileSystemConfigs { get; set; }
}

public sealed class CreateFunctionResponse : FunctionConfiguration;
