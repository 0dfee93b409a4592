namespace ScarNet.Aws.Batch.Model;

public sealed class MountPoint
{
    public string? ContainerPath { get; set; }

    public bool? ReadOnly { get; set; }

    public string? SourceVolume { get; set; }
}
