using Amazon.Runtime;

namespace ScarNet.Aws.Lambda.Model;

/// <summary>A function as Lambda describes it; several calls answer with nothing else.</summary>
public class FunctionConfiguration : AmazonWebServiceResponse
{
    public string? FunctionName { get; set; }

    public string? FunctionArn { get; set; }

    public string? Runtime { get; set; }

    public string? Role { get; set; }

    public string? Handler { get; set; }

    public long? CodeSize { get; set; }

    public string? Description { get; set; }

    public int? Timeout { get; set; }

    public int? MemorySize { get; set; }

    public string? LastModified { get; set; }

    public string? CodeSha256 { get; set; }

    public string? Version { get; set; }

    public DeadLetterConfig? DeadLetterConfig { get; set; }

    public EnvironmentResponse? Environment { get; set; }

    public string? RevisionId { get; set; }

    public List<Layer>? Layers { get; set; }

    public string? State { get; set; }

    public string? StateReason { get; set; }

    public string? StateReasonCode { get; set; }

    public string? LastUpdateStatus { get; set; }

    public string? LastUpdateStatusReason { get; set; }

    public string? LastUpdateStatusReasonCode { get; set; }

    public string? PackageType { get; set; }

    public ImageConfigResponse? ImageConfigResponse { get; set; }

    public List<string>? Architectures { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public VpcConfigResponse? VpcConfig { get; set; }

    public List<FileSystemConfig>? FileSystemConfigs { get; set; }

    public LoggingConfig? LoggingConfig { get; set; }
}
