namespace ScarNet.Aws.Lambda.Model;

public sealed class FileSystemConfig
{
    /// <summary>Of the access point.</summary>
    public string? Arn { get; set; }

    public string? LocalMountPath { get; set; }
}
